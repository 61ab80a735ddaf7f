package cloud.pxc.world.proxmox;

import cloud.pxc.world.proxmox.Schema.CallSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which method answers which path. */
final class Router {
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-z]+)>");

    private final Schema schema;
    private final List<Route> routes = new ArrayList<>();

    Router(Schema schema) {
        this.schema = schema;
    }

    /** Answers a call; what it returns becomes {@code data}. */
    interface Handler {
        Object answer(Call call) throws InterruptedException;
    }

    /** @param template such as {@code /nodes/{node}/qemu} */
    record Route(String method, String template, Pattern path, CallSchema schema, Handler handler) {
        /** Answered by the node that the path names, whichever was asked. */
        boolean proxied() {
            return template.startsWith("/nodes/{node}/");
        }
    }

    record Match(Route route, Map<String, String> pathParameters) {}

    /** @param call {@code METHOD /path/{parameter}}, which must stand in the schema */
    void on(String call, Handler handler) {
        var space = call.indexOf(' ');
        var template = call.substring(space + 1);
        routes.add(
                new Route(call.substring(0, space), template, Template.pattern(template), schema.call(call), handler));
    }

    Optional<Match> match(String method, String path) {
        for (var route : routes) {
            var matcher = route.path().matcher(path);
            if (route.method().equals(method) && matcher.matches()) {
                var parameters = new LinkedHashMap<String, String>();
                GROUP.matcher(route.path().pattern())
                        .results()
                        .forEach(group -> parameters.put(group.group(1), matcher.group(group.group(1))));
                return Optional.of(new Match(route, parameters));
            }
        }
        return Optional.empty();
    }
}
