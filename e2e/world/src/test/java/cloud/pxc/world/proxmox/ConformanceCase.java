package cloud.pxc.world.proxmox;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A behaviour of the real Proxmox VE: requests and what came back. Every expected text that begins with {@code ~} is a
 * regular
 * expression; objects may have more fields than are expected, lists may not have more elements.
 *
 * @param title the behaviour, in a sentence
 * @param origin {@code recorded} from the running product, or the source file that says so
 * @param deaf the guests do not hear their power button
 * @param taskSeconds how long tasks of a type take, in simulated seconds
 * @param tokens tokens beside the one that may do everything, each with the privileges it has on {@code /}
 * @param steps one after the other
 */
record ConformanceCase(
        String title,
        String origin,
        boolean deaf,
        Map<String, Long> taskSeconds,
        Map<String, List<String>> tokens,
        List<Step> steps) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    ConformanceCase {
        taskSeconds = taskSeconds == null ? Map.of() : taskSeconds;
        tokens = tokens == null ? Map.of() : tokens;
    }

    /**
     * One request and its answer.
     *
     * @param call method and path; {@code ${upid}} is the last task
     * @param with parameters: in the query of GET and DELETE, in a form otherwise
     * @param body a body sent just so, instead of {@code with}
     * @param type content type of the body
     * @param upload a file to upload after the parameters
     * @param as id of the token that calls; {@code nobody} sends no token, {@code wrong} a wrong secret
     * @param reason the HTTP reason phrase
     * @param message of the body
     * @param task how the task of the answer ends; waited for
     * @param background the task of the answer is not waited for
     * @param await how the task that was last started in the background ends
     */
    record Step(
            String call,
            Map<String, String> with,
            String body,
            String type,
            Upload upload,
            String as,
            int status,
            String reason,
            String message,
            Map<String, String> errors,
            JsonNode data,
            List<String> lacks,
            End task,
            boolean background,
            End await) {
        Step {
            with = with == null ? Map.of() : with;
            lacks = lacks == null ? List.of() : lacks;
            status = status == 0 ? 200 : status;
        }
    }

    /** @param text content, repeated {@code times} */
    record Upload(String filename, String text, int times, boolean first) {}

    /** @param log lines that appear in this order, other lines between them */
    record End(String exit, List<String> log) {
        End {
            log = log == null ? List.of() : log;
        }
    }

    Map<String, Duration> durations() {
        var durations = new java.util.LinkedHashMap<String, Duration>();
        taskSeconds.forEach((type, seconds) -> durations.put(type, Duration.ofSeconds(seconds)));
        return durations;
    }

    static ConformanceCase read(Path file) throws IOException {
        return YAML.readValue(file.toFile(), ConformanceCase.class);
    }
}
