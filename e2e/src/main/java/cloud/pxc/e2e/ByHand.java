package cloud.pxc.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What a person does to the simulated Proxmox VE past the operator: any call of its API, and pulling a node's plug. */
final class ByHand {

    private final Cloud cloud;
    private final Console console;

    ByHand(Cloud cloud, Console console) {
        this.cloud = cloud;
        this.console = console;
    }

    /** How to do it. */
    void describe() {
        var proxmox = cloud.world().proxmox();
        var scratch = cloud.world().scratch();
        var ca = scratch.write("proxmox-ca.pem", proxmox.caPem());
        var token = proxmox.createFullToken("root@pam!by-hand");
        var curl = scratch.write("proxmox.curl", """
                cacert = "%s"
                header = "Authorization: PVEAPIToken=%s=%s"
                """.formatted(ca, token.id(), token.secret()));
        var api = proxmox.endpoints().getFirst() + "/api2/json";
        console.heading("At Proxmox VE, past the operator");
        console.say("  curl -K " + curl + " " + api + "/cluster/resources");
        console.say("  curl -K " + curl + " " + api
                + "/nodes/pve1/qemu -d vmid=100 -d name=by-hand -d memory=1024 -d scsi0=local-lvm:4");
        console.say("  curl -K " + curl + " -X DELETE " + api + "/nodes/pve1/qemu/100");
        console.say("  here: \"down pve2\" pulls the plug of that node, \"up pve2\" puts it in again");
    }

    /** Does what is written, line by line, until nobody can write any more. */
    void listen(InputStream written) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(written, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                console.say(answer(line.strip().split("\\s+")));
            }
        }
    }

    private String answer(String[] words) {
        var proxmox = cloud.world().proxmox();
        var order = words.length == 2 ? words[0] : "";
        try {
            return switch (order) {
                case "down" -> {
                    proxmox.faults().nodeDown(words[1]);
                    yield words[1] + " is down";
                }
                case "up" -> {
                    proxmox.faults().nodeUp(words[1]);
                    yield words[1] + " is up";
                }
                default -> "write \"down NODE\" or \"up NODE\"";
            };
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
