package cloud.pxc.operator;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;

/** In tests the operator is alone: who gives up its lease at the end would take the whole JVM with it. */
@ApplicationScoped
class LeadsAtOnce {

    void start(@Observes StartupEvent started, Event<LeadershipStarted> leads) {
        leads.fire(new LeadershipStarted());
    }
}
