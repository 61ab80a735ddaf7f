package cloud.pxc.admission;

import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.LedgerUnavailable;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the ledger's schema up to date as soon as the database answers, then forgets reservations that came to nothing. The
 * process does not wait for it: whoever changes something else than names is answered meanwhile.
 */
@ApplicationScoped
class LedgerWatch {

    private static final Logger LOG = Logger.getLogger(LedgerWatch.class);
    private static final long RETRY_SECONDS = 2;

    private final Flyway schema;
    private final HostClaims ledger;
    private final AdmissionSettings settings;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ledger").daemon().factory());
    private volatile boolean seen;

    LedgerWatch(Flyway schema, HostClaims ledger, AdmissionSettings settings) {
        this.schema = schema;
        this.ledger = ledger;
        this.settings = settings;
    }

    void start(@Observes StartupEvent started) {
        timer.execute(this::open);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    /** Whether it has answered since this process started. */
    boolean hasAnswered() {
        return seen;
    }

    private void open() {
        try {
            schema.migrate();
            seen = true;
            LOG.info("ledger=open");
            timer.scheduleWithFixedDelay(this::expire, 0, settings.expiry().toMillis(), TimeUnit.MILLISECONDS);
        } catch (FlywayException e) {
            LOG.warnf(
                    "ledger=unavailable cause=\"%s\"",
                    e.getMessage().lines().findFirst().orElse(""));
            timer.schedule(this::open, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void expire() {
        try {
            var free = ledger.expire();
            if (!free.isEmpty()) {
                LOG.infof("reservations=expired names=%s", free);
            }
        } catch (LedgerUnavailable e) {
            LOG.warnf("ledger=unavailable cause=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("reservations=unknown", e);
        }
    }
}
