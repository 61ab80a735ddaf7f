package cloud.pxc.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;

/**
 * Lets through every change that a person makes to an object, also one of its annotations alone, which the framework's own
 * filter (by {@code metadata.generation}) would pass over; not a change of its status.
 */
public final class SteeringFilter implements OnUpdateFilter<HasMetadata> {

    @Override
    public boolean accept(HasMetadata after, HasMetadata before) {
        return Steering.differs(before, after);
    }
}
