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
import org.jboss.logging.Logger;

/** Forgets reservations that came to nothing. */
@ApplicationScoped
class Expiry {

    private static final Logger LOG = Logger.getLogger(Expiry.class);

    private final HostClaims ledger;
    private final AdmissionSettings settings;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("expiry").daemon().factory());

    Expiry(HostClaims ledger, AdmissionSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
    }

    void start(@Observes StartupEvent started) {
        timer.scheduleWithFixedDelay(this::expire, 0, settings.expiry().toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
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
