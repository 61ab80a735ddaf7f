package cloud.pxc.e2e.bench;

import cloud.pxc.e2e.Cloud;
import java.util.function.Consumer;

/** What suites are measured on: one cloud for all that need it, started by the first of them. */
public final class Stage implements AutoCloseable {

    private final Consumer<String> says;
    private Cloud cloud;

    /** @param says is told how far it is */
    public Stage(Consumer<String> says) {
        this.says = says;
    }

    public Cloud cloud() {
        if (cloud == null) {
            say("starting a cloud");
            cloud = Cloud.start();
        }
        return cloud;
    }

    void say(String text) {
        says.accept(text);
    }

    @Override
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }
}
