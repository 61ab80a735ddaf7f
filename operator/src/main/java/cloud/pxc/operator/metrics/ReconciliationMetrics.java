package cloud.pxc.operator.metrics;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The framework's own figures by kind. It would give each object its histograms, dozens of series for each of 10,000 machines, and
 * each further attempt at one that keeps failing a series.
 */
final class ReconciliationMetrics {

    private ReconciliationMetrics() {}

    @Produces
    @Singleton
    static MeterFilter notByAttempt() {
        return MeterFilter.ignoreTags("reconciliations.retries.number", "reconciliations.retries.last");
    }

    @Produces
    @Singleton
    static Metrics byKind(MeterRegistry registry) {
        return MicrometerMetrics.withoutPerResourceMetrics(registry);
    }
}
