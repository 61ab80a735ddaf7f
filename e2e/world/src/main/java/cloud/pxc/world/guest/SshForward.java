package cloud.pxc.world.guest;

import cloud.pxc.world.Programs;
import cloud.pxc.world.Scratch;
import cloud.pxc.world.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Takes connections on a port of 127.0.0.1 to a guest's sshd: it listens out here, and enters the guest's network namespace
 * with the listening socket when somebody comes.
 */
record SshForward(Server server) {

    static SshForward start(Scratch scratch, int vmid, int port, Path namespace) {
        return new SshForward(scratch.start(
                "guest-" + vmid + "-ssh",
                List.of(
                        "systemd-socket-activate",
                        "--listen=127.0.0.1:" + port,
                        Programs.find("nsenter").toString(),
                        "--net=" + namespace,
                        Programs.find("systemd-socket-proxyd").toString(),
                        "127.0.0.1:22"),
                Map.of()));
    }

    void stop() {
        server.kill();
    }
}
