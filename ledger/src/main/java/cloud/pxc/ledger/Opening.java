package cloud.pxc.ledger;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the ledger's schema up to date as soon as the database answers. A process that starts meanwhile starts all the same, and
 * says what it waits for wherever it needs the ledger.
 */
@ApplicationScoped
public class Opening {

    private static final Logger LOG = Logger.getLogger(Opening.class);
    private static final long RETRY_SECONDS = 2;

    private final Flyway schema;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ledger-opening").daemon().factory());
    private volatile RuntimeException trouble = new IllegalStateException("it has not been asked yet");

    public Opening(Flyway schema) {
        this.schema = schema;
    }

    /** Before whatever uses the ledger. */
    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent started) {
        open();
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    /** Whether the database has answered since this process started, and its schema is what this process needs. */
    public boolean isOpen() {
        return trouble == null;
    }

    /** @throws LedgerUnavailable until it is open */
    void mustBeOpen() {
        var closed = trouble;
        if (closed != null) {
            throw new LedgerUnavailable(closed);
        }
    }

    private void open() {
        try {
            schema.migrate();
            trouble = null;
            LOG.info("ledger=open");
            timer.shutdown();
        } catch (FlywayException e) {
            trouble = e;
            LOG.warnf("ledger=unavailable cause=\"%s\"", LedgerUnavailable.rootMessage(e));
            timer.schedule(this::open, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }
}
