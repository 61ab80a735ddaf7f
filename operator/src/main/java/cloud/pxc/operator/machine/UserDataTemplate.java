package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts what is known of a machine in the place of variables: {@code {{hostname}}}, {@code {{addresses.0}}}, … Two braces that are
 * to stay are written with a backslash before them.
 */
final class UserDataTemplate {

    private static final Pattern VARIABLE = Pattern.compile("(\\\\)?\\{\\{(?:\\s*([A-Za-z0-9_.]+)\\s*}})?");

    private UserDataTemplate() {}

    /**
     * @param where the text comes from, as a sentence begins with it
     * @throws IllegalArgumentException with a sentence, if a variable is not known
     */
    static String render(String text, String where, Map<String, String> variables) {
        var rendered = new StringBuilder();
        var found = VARIABLE.matcher(text);
        while (found.find()) {
            found.appendReplacement(rendered, Matcher.quoteReplacement(value(found, where, variables)));
        }
        return found.appendTail(rendered).toString();
    }

    private static String value(Matcher found, String where, Map<String, String> variables) {
        if (found.group(1) != null) {
            return found.group().substring(1);
        }
        var name = found.group(2);
        if (name == null || !variables.containsKey(name)) {
            throw new IllegalArgumentException(where + " has "
                    + (name == null
                            ? "{{ without the name of a variable and }}"
                            : "the unknown variable {{" + name + "}}")
                    + "; known are " + String.join(", ", variables.keySet())
                    + "; write \\{{ for two braces that are to stay");
        }
        return variables.get(name);
    }

    /** By name, sorted. */
    static Map<String, String> variables(Machine machine, ProxmoxCluster cluster, List<String> addresses) {
        var spec = machine.getSpec();
        var variables = new TreeMap<>(Map.of(
                "hostname", spec.hostname().split("\\.")[0],
                "fqdn", spec.hostname(),
                "stack", spec.stack(),
                "stackFqdn", MachineIdentity.stackFqdn(machine),
                "set", spec.set(),
                "ordinal", spec.ordinal().toString(),
                "namespace", machine.getMetadata().getNamespace(),
                "cluster", cluster.getMetadata().getName(),
                "domain", cluster.getSpec().domain()));
        for (var i = 0; i < addresses.size(); i++) {
            variables.put("addresses." + i, addresses.get(i));
        }
        return variables;
    }
}
