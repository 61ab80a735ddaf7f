package cloud.pxc.e2e;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.world.Programs;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;

/** Looks at a cloud from outside, as people do. */
final class Observations {

    private final Cloud cloud;
    private final OpenSsl openSsl;

    Observations(Cloud cloud) {
        this.cloud = cloud;
        this.openSsl = new OpenSsl(cloud.world().scratch());
    }

    /** @param namespace null for kinds that have none */
    Seen ready(Class<? extends HasMetadata> kind, String namespace, String name) {
        var object = get(kind, namespace, name);
        if (object == null) {
            return Seen.notYet("it does not exist");
        }
        var json = cloud.admin().getKubernetesSerialization().convertValue(object, JsonNode.class);
        var generation = json.at("/metadata/generation").asLong();
        for (var condition : json.at("/status/conditions")) {
            if (condition.at("/type").asText().equals("Ready")) {
                return ready(condition, generation);
            }
        }
        return Seen.notYet("its status says nothing yet; is the operator running?");
    }

    /** Both name servers answer exactly these values of their own authority. */
    Seen answered(String name, String type, List<String> values) {
        var wanted = values.stream().sorted().toList();
        for (var server : List.of(cloud.world().primary(), cloud.world().secondary())) {
            var answer = Dig.ask(server, name, type);
            if (!answer.equals(wanted)) {
                return Seen.notYet("the name server on port " + server.port() + " answers " + answer + " for " + name
                        + " " + type + " instead of " + wanted);
            }
        }
        return Seen.yes(String.join(", ", wanted) + " from both name servers");
    }

    Seen running(String namespace, String name) {
        var machine = (Machine) get(Machine.class, namespace, name);
        if (machine == null) {
            return Seen.notYet("it does not exist");
        }
        var status = machine.getStatus();
        if (status == null
                || status.phase() != Phase.Running
                || status.addresses().isEmpty()) {
            return ready(Machine.class, namespace, name) instanceof Seen.NotYet(var why)
                    ? Seen.notYet(why)
                    : Seen.notYet("it is ready, but not running with an address");
        }
        return Seen.yes("VMID " + status.vmid() + " on " + status.node() + ", " + String.join(", ", status.addresses())
                + ", " + status.hostname());
    }

    /** Both name servers answer the machine's addresses for its name, and its name for each address. */
    Seen named(String namespace, String name) {
        var machine = (Machine) get(Machine.class, namespace, name);
        if (machine == null
                || machine.getStatus() == null
                || machine.getStatus().hostname() == null
                || machine.getStatus().addresses().isEmpty()) {
            return Seen.notYet("the machine has no name or no address yet");
        }
        var status = machine.getStatus();
        var forward = answered(status.hostname(), "A", status.addresses());
        if (!(forward instanceof Seen.Yes)) {
            return forward;
        }
        for (var address : status.addresses()) {
            var back = answered(reverse(address), "PTR", List.of(status.hostname() + "."));
            if (back instanceof Seen.NotYet) {
                return back;
            }
        }
        return Seen.yes(status.hostname() + " ↔ " + String.join(", ", status.addresses()) + " on both name servers");
    }

    /** Somebody with the key of the machine's Stack is let in, and what cloud-init was told is there. */
    Seen loggedIn(String namespace, String name) {
        var machine = (Machine) get(Machine.class, namespace, name);
        if (machine == null || !(running(namespace, name) instanceof Seen.Yes)) {
            return Seen.notYet("the machine does not run yet");
        }
        var container = machine.getSpec().type() == MachineType.container;
        var command = new ArrayList<>(cloud.world()
                .realGuests()
                .orElseThrow()
                .ssh(machine.getStatus().vmid(), container ? "root" : "debian"));
        command.addAll(1, List.of("-o", "BatchMode=yes", "-o", "ConnectTimeout=2"));
        command.add(
                container
                        ? "hostname -f"
                        : "cloud-init status | grep -q done && systemctl is-active nginx >/dev/null && hostname -f");
        var output = new Tool(Programs.find("ssh")).run(command.subList(1, command.size()));
        var hostname = machine.getStatus().hostname();
        return output.exitCode() == 0 && output.text().strip().equals(hostname)
                ? Seen.yes(container ? "is " + hostname : "is " + hostname + ", cloud-init is done, nginx is active")
                : Seen.notYet("ssh says: " + output.text().strip().replace('\n', ' ') + " (exit code "
                        + output.exitCode() + ")");
    }

    /** The Secret holds a certificate that openssl verifies against the CA's root, and its key. */
    Seen certified(String namespace, String secretName, String host) {
        var secret = (Secret) get(Secret.class, namespace, secretName);
        return secret == null
                ? Seen.notYet("Secret " + secretName + " does not exist")
                : openSsl.verify(secret, cloud.world().acmeCa().rootPem(), host);
    }

    private HasMetadata get(Class<? extends HasMetadata> kind, String namespace, String name) {
        var all = cloud.admin().resources(kind);
        return namespace == null
                ? all.withName(name).get()
                : all.inNamespace(namespace).withName(name).get();
    }

    private static Seen ready(JsonNode condition, long generation) {
        var message = condition.at("/message").asText();
        if (condition.at("/observedGeneration").asLong(generation) < generation) {
            return Seen.notYet("its status speaks of an earlier generation");
        }
        return condition.at("/status").asText().equals("True")
                ? Seen.yes(message)
                : Seen.notYet(condition.at("/reason").asText() + ": " + message);
    }

    private static String reverse(String address) {
        var bytes = address.split("\\.");
        return String.join(".", List.of(bytes).reversed()) + ".in-addr.arpa";
    }
}
