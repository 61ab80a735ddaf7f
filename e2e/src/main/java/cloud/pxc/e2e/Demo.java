package cloud.pxc.e2e;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.issuer.AcmeIssuer;
import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.world.GuestBackend;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * {@code make demo}: a whole cloud on this machine, the samples applied to it, and each thing shown as it becomes true. With
 * {@code --once} it ends by itself, with exit code 0 only if everything came true.
 */
public final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String TEAM = "team-a";
    private static final String HOST = "shop.cloud.example.org";
    private static final List<String> ZONES = List.of("cloud.example.org", "20.10.in-addr.arpa");
    private static final List<String> MACHINES = List.of("shop-web-0", "shop-web-1", "shop-web-2", "shop-cache-0");

    private final Cloud cloud;
    private final Console console;
    private final Observations look;
    private final Map<String, String> missing = new LinkedHashMap<>();

    private Demo(Cloud cloud, Console console) {
        this.cloud = cloud;
        this.console = console;
        this.look = new Observations(cloud);
    }

    public static void main(String[] arguments) throws InterruptedException {
        var once = List.of(arguments).contains("--once");
        var console = new Console(System.out);
        console.heading("A cloud on this machine: everything is real but Proxmox VE, which is simulated");
        var complete = false;
        try (var cloud = Cloud.start(CloudPorts.of(arguments), Map.of(), GuestBackend.best(), console)) {
            complete = new Demo(cloud, console).run();
            if (!once) {
                console.handOver(cloud);
                new CountDownLatch(1).await();
            }
        } catch (IllegalStateException e) {
            console.heading("It did not come up: " + e.getMessage());
        }
        System.exit(complete ? 0 : 1);
    }

    private boolean run() {
        try {
            var remains = new Remains(cloud);
            apply();
            delete(remains);
        } catch (IllegalStateException e) {
            missing.put("the demo", e.getMessage());
        }
        if (missing.isEmpty()) {
            console.heading("Everything came true.");
            return true;
        }
        console.heading("Not everything came true within " + PATIENCE.toSeconds() + " s:");
        missing.forEach((what, why) -> console.say("  " + what + ": " + why));
        console.say("");
        console.say("  The logs are kept in " + Logs.keep(cloud) + "; operator.log tells most.");
        return false;
    }

    private void apply() {
        console.heading("$ kubectl apply -f " + cloud.samples().folder());
        var watch = new Watch(console);
        cloud.kubectl("apply", "-f", cloud.samples().folder().toString());
        console.line("samples applied", watch.elapsed(), "by kubectl");
        var expectations = new ArrayList<Expectation>();
        expectations.add(ready("ProxmoxCluster alpha", ProxmoxCluster.class, null, "alpha"));
        expectations.add(ready("DnsZone cloud.example.org", DnsZone.class, null, "cloud.example.org"));
        expectations.add(ready("AcmeIssuer pebble", AcmeIssuer.class, null, "pebble"));
        expectations.add(answer("mail.cloud.example.org", "A", "10.20.0.25"));
        expectations.add(answer("cloud.example.org", "MX", "10 mail.cloud.example.org."));
        expectations.add(answer(HOST, "A", "10.20.0.5"));
        expectations.add(answer("status." + HOST, "CNAME", HOST + "."));
        expectations.add(ready("DnsRecord status", DnsRecord.class, TEAM, "status"));
        expectations.add(ready("Certificate shop", Certificate.class, TEAM, "shop"));
        expectations.add(certified("shop-tls", "www." + HOST));
        expectations.add(certified("web-tls", HOST));
        MACHINES.forEach(name -> expectations.add(new Expectation("Machine " + name, () -> look.running(TEAM, name))));
        MACHINES.forEach(
                name -> expectations.add(new Expectation("dig Machine " + name, () -> look.named(TEAM, name))));
        if (cloud.world().realGuests().isPresent()) {
            MACHINES.forEach(
                    name -> expectations.add(new Expectation("ssh Machine " + name, () -> look.loggedIn(TEAM, name))));
        }
        expectations.add(ready("Stack shop", Stack.class, TEAM, "shop"));
        expectations.add(new Expectation("name taken by another team", this::stolen));
        var before = missing.size();
        missing.putAll(watch.until(expectations, PATIENCE));
        if (missing.size() == before) {
            console.say("");
            console.say("  From samples applied to everything true: " + Console.seconds(watch.elapsed()));
        }
    }

    private void delete(Remains remains) {
        console.heading("$ kubectl delete -f … (all but the namespaces)");
        var watch = new Watch(console);
        var command = new ArrayList<String>(List.of("delete", "--wait=false"));
        files().forEach(file -> command.add("--filename=" + file));
        cloud.kubectl(command.toArray(String[]::new));
        console.line("deletion asked for", watch.elapsed(), "by kubectl");
        missing.putAll(watch.until(
                List.of(
                        new Expectation("objects gone", this::objectsGone),
                        new Expectation("Proxmox VE holds nothing of ours", remains::onProxmox),
                        new Expectation("BIND holds nothing of ours", () -> remains.onNameServers(ZONES)),
                        new Expectation("the ledger holds nothing of ours", remains::inLedger),
                        new Expectation("Secrets of certificates gone", remains::inSecrets)),
                PATIENCE));
    }

    private Expectation ready(String what, Class<? extends HasMetadata> kind, String ns, String name) {
        return new Expectation(what, () -> look.ready(kind, ns, name));
    }

    private Expectation answer(String name, String type, String value) {
        return new Expectation("dig " + name + " " + type, () -> look.answered(name, type, List.of(value)));
    }

    private Expectation certified(String secret, String host) {
        return new Expectation("Secret " + secret, () -> look.certified(TEAM, secret, host));
    }

    private Seen stolen() {
        var output = cloud.controlPlane()
                .kubectl("apply", "--filename=" + cloud.samples().file("refused/ingress-stolen.yaml"));
        var text = output.text().strip().replace('\n', ' ');
        var refusal = text.indexOf(HOST + " is held by namespace " + TEAM);
        if (output.exitCode() != 0 && refusal >= 0) {
            return Seen.yes("refused: " + text.substring(refusal));
        }
        return Seen.notYet(
                output.exitCode() == 0
                        ? "the Ingress of another team was let in"
                        : "it was refused, but not because the name is held: " + text);
    }

    private Seen objectsGone() {
        var left = cloud.kubectl("get", "pxc,ingresses", "--all-namespaces", "--output=name")
                .strip();
        return left.isEmpty()
                ? Seen.yes("no object of ours, no Ingress")
                : Seen.notYet("still there: " + left.replace('\n', ' '));
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(cloud.samples().folder())) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("00-namespaces.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The samples could not be listed", e);
        }
    }
}
