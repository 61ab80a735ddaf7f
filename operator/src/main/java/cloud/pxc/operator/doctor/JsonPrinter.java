package cloud.pxc.operator.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** For programs: one object, at the end. */
final class JsonPrinter implements Printer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLIS = 1000.0;

    private final PrintWriter out;
    private final ArrayNode findings = JSON.createArrayNode();
    private final ArrayNode steps = JSON.createArrayNode();

    JsonPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void finding(Finding finding) {
        var node = findings.addObject();
        node.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        node.put("about", finding.about());
        node.put("sentence", finding.sentence());
        finding.remedy().forEach(node.putArray("remedy")::add);
    }

    @Override
    public void step(Step step) {
        var node = steps.addObject().put("what", step.what());
        switch (step) {
            case Step.Done(var what, var took) -> outcome(node, "done", took);
            case Step.Failed(var what, var took, var why) ->
                outcome(node, "failed", took).put("why", why);
            case Step.Skipped(var what, var why) ->
                node.put("outcome", "skipped").put("why", why);
        }
    }

    @Override
    public void end(Result result) {
        var root = JSON.createObjectNode();
        root.put("well", result.problems() == 0);
        root.put("problems", result.problems());
        root.put("skipped", result.skipped());
        root.set("findings", findings);
        root.set("steps", steps);
        try {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The findings could not be written as JSON", e);
        }
    }

    private static ObjectNode outcome(ObjectNode node, String outcome, Duration took) {
        return node.put("outcome", outcome).put("seconds", took.toMillis() / MILLIS);
    }
}
