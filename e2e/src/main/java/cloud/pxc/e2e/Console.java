package cloud.pxc.e2e;

import cloud.pxc.world.GuestBackend;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What demo and world print: plain lines, with times. */
final class Console implements Progress {

    private final PrintStream out;
    private final long start = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        out.println();
        out.println(text);
        out.println();
    }

    void say(String text) {
        out.println(text);
    }

    @Override
    public synchronized void started(String part, Duration took, String where) {
        line(part, took, where);
    }

    /** A line of a table. */
    synchronized void line(String what, Duration took, String detail) {
        out.printf(Locale.ROOT, "  %7.2f s  %-34s %s%n", took.toNanos() / 1e9, what, detail);
    }

    /** How to go on by hand. */
    void handOver(Cloud cloud) {
        heading("Up after " + seconds(Duration.ofNanos(System.nanoTime() - start))
                + ". Go on by hand in another terminal:");
        say("  export KUBECONFIG=" + cloud.controlPlane().adminKubeconfig());
        say("  kubectl apply -f " + cloud.samples().folder());
        say("  kubectl get pvec,stacks,machines,zones,recs,pxcerts,ingress -A");
        say("  dig @127.0.0.1 -p " + cloud.ports().primary() + " shop.cloud.example.org");
        cloud.world()
                .realGuests()
                .ifPresentOrElse(
                        guests -> say("  " + guests.login()
                                + " VMID debian    # into a virtual machine, by ssh; root into a container"),
                        () -> GuestBackend.NSPAWN
                                .obstacle()
                                .ifPresent(why -> say("  No real guests run behind the machines: " + why)));
        say("");
        say("  operator pid " + cloud.operator().pid() + ", webhook pid "
                + cloud.webhook().pid() + ", logs in " + cloud.world().scratch().folder());
        say("  Ctrl-C ends it all, and removes that folder.");
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }
}
