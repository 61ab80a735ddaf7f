package cloud.pxc.admission;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/** Counts and times the reviews: {@code pxc_admission_reviews_total}, {@code pxc_admission_review_duration_seconds}. */
@Singleton
class ReviewMeter {

    private static final Set<String> KINDS = Set.of("Ingress", "DnsRecord");

    private static final Duration[] BUCKETS = Stream.of(2, 5, 10, 25, 50, 100, 250, 1000, 3000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    ReviewMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void decided(Timer.Sample sample, AdmissionRequest request, Decision decision) {
        count(sample, request, decision instanceof Decision.Allow ? "true" : "false");
    }

    void undecided(Timer.Sample sample, AdmissionRequest request) {
        count(sample, request, "undecided");
    }

    private void count(Timer.Sample sample, AdmissionRequest request, String allowed) {
        var asked = request.getKind() == null ? null : request.getKind().getKind();
        var kind = asked != null && KINDS.contains(asked) ? asked : "other";
        registry.counter("pxc.admission.reviews", "kind", kind, "allowed", allowed)
                .increment();
        sample.stop(Timer.builder("pxc.admission.review.duration")
                .tag("kind", kind)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    }
}
