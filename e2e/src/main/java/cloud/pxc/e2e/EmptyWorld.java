package cloud.pxc.e2e;

import cloud.pxc.world.GuestBackend;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code make world}: a cloud with nothing in it, for one's own kubectl, until Ctrl-C; with {@code --free-ports} not on those of the samples. */
public final class EmptyWorld {

    private EmptyWorld() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
        var console = new Console(System.out);
        console.heading("A cloud on this machine, empty");
        try {
            var cloud = Cloud.start(CloudPorts.of(arguments), Map.of(), GuestBackend.best(), console);
            describe(cloud, console);
            var byHand = new ByHand(cloud, console);
            byHand.describe();
            console.handOver(cloud);
            byHand.listen(System.in);
        } catch (IllegalStateException e) {
            console.heading("It did not come up: " + e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    /** What somebody needs who wants to put an operator of their own in the place of this one. */
    private static void describe(Cloud cloud, Console console) {
        console.heading("Your own operator in the place of this one");
        console.say("kill " + cloud.operator().pid() + ", then start yours with:");
        cloud.operator().environment().forEach((name, value) -> console.say("  " + name + "=" + value));
    }
}
