package cloud.pxc.world.guest;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** JUnit extension for test classes that need real guests: where there can be none they are skipped, and it is said why. */
public final class WithRealGuests implements ExecutionCondition {
    private static final System.Logger LOG = System.getLogger(WithRealGuests.class.getName());

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var obstacle = NspawnGuests.obstacle();
        if (obstacle.isEmpty()) {
            return ConditionEvaluationResult.enabled("real guests can run here");
        }
        LOG.log(System.Logger.Level.WARNING, "{0} is skipped: {1}", context.getDisplayName(), obstacle.get());
        return ConditionEvaluationResult.disabled(obstacle.get());
    }
}
