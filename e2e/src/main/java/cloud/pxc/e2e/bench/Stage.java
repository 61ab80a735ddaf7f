package cloud.pxc.e2e.bench;

import cloud.pxc.e2e.Cloud;
import cloud.pxc.e2e.Logs;
import java.util.List;
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

    /** Saves what a cloud has logged, for those who look for why a goal was missed. */
    void keepLogs(Cloud of, String name) {
        say("the logs are kept in " + Logs.keep(of, name) + "; operator.log tells most");
    }

    /** The same of the cloud that all are measured on, should one of those have missed its goal. */
    public void keepLogs(List<Figure> figures) {
        if (cloud != null && figures.stream().anyMatch(Figure::missed)) {
            keepLogs(cloud, "bench");
        }
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
