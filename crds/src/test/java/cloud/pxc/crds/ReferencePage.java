package cloud.pxc.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page of all kinds with their fields, and of all settings, as text. */
final class ReferencePage {

    private static final String HEADER = """
            # Reference

            Made from the code; change that, then run `make fmt`. The same explanations come from `kubectl explain`, for example `kubectl explain dnszone.spec.primary`.
            """;

    private static final String SETTINGS = """

            ## Settings

            Of the operator and of the admission webhook, as environment variables: in the chart, under `operator.extraEnv` and `webhook.extraEnv`. Times are written `500ms`, `30s`, `5m`, `6h`, `30d`.
            """;

    private final StringBuilder kinds = new StringBuilder();
    private final StringBuilder settings = new StringBuilder();

    void kind(CustomResourceDefinition crd) {
        var names = crd.getSpec().getNames();
        var version = crd.getSpec().getVersions().getFirst();
        var schema = version.getSchema().getOpenAPIV3Schema();
        kinds.append("\n## ").append(names.getKind()).append("\n\n").append(schema.getDescription());
        kinds.append(" `")
                .append(crd.getSpec().getGroup())
                .append('/')
                .append(version.getName())
                .append("`, ");
        kinds.append(crd.getSpec().getScope().equals("Cluster") ? "cluster-scoped" : "namespaced");
        if (!names.getShortNames().isEmpty()) {
            kinds.append(", short name `")
                    .append(String.join("`, `", names.getShortNames()))
                    .append('`');
        }
        kinds.append(".\n\n| field | type | when nothing is said | is |\n|---|---|---|---|\n");
        rows("spec.", schema.getProperties().get("spec"));
        kinds.append("\n| status | type | says |\n|---|---|---|\n");
        statusRows("status.", schema.getProperties().get("status"));
    }

    void settings(SettingsSource source) {
        settings.append("\n### ")
                .append(source.process())
                .append(": ")
                .append(heading(source.purpose()))
                .append("\n\n");
        settings.append("| variable | when nothing is said | is |\n|---|---|---|\n");
        source.settings().forEach(setting -> settings.append("| `")
                .append(setting.variable())
                .append("` | `")
                .append(setting.standard())
                .append("` | ")
                .append(cell(setting.meaning()))
                .append(" |\n"));
    }

    String text() {
        return HEADER + kinds + SETTINGS + settings;
    }

    private void rows(String path, JSONSchemaProps object) {
        FinishedCrd.children(object).forEach((name, field) -> {
            var required = required(object).contains(name);
            kinds.append("| `").append(path).append(name).append("` | ").append(type(field));
            kinds.append(" | ").append(required ? "required" : standard(field));
            kinds.append(" | ").append(cell(meaning(field))).append(" |\n");
            rows(path + name + (field.getItems() == null ? "." : "[]."), field);
        });
    }

    /** Conditions are of one form everywhere, and left out. */
    private void statusRows(String path, JSONSchemaProps object) {
        FinishedCrd.children(object).forEach((name, field) -> {
            kinds.append("| `").append(path).append(name).append("` | ").append(type(field));
            kinds.append(" | ").append(cell(field.getDescription())).append(" |\n");
            if (!name.equals("conditions")) {
                statusRows(path + name + (field.getItems() == null ? "." : "[]."), field);
            }
        });
    }

    private static List<String> required(JSONSchemaProps object) {
        var here = object.getItems() == null ? object : object.getItems().getSchema();
        return here.getRequired() == null ? List.of() : here.getRequired();
    }

    private static String type(JSONSchemaProps field) {
        if (field.getItems() != null) {
            return "list of " + type(field.getItems().getSchema());
        }
        if (field.getEnum() != null && !field.getEnum().isEmpty()) {
            return field.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(" or "));
        }
        var low = field.getMinimum();
        var high = field.getMaximum();
        var bounds = low != null && high != null
                ? " " + low.longValue() + "–" + high.longValue()
                : low != null ? " from " + low.longValue() : high != null ? " up to " + high.longValue() : "";
        return (field.getType() == null ? "any" : field.getType()) + bounds;
    }

    private static String standard(JSONSchemaProps field) {
        return field.getDefault() == null ? "–" : "`" + field.getDefault() + "`";
    }

    private static String meaning(JSONSchemaProps field) {
        var meaning = new ArrayList<String>();
        meaning.add(field.getDescription());
        if (field.getXKubernetesValidations() != null) {
            field.getXKubernetesValidations().forEach(rule -> meaning.add("Rule: " + rule.getMessage() + "."));
        }
        return String.join(" ", meaning);
    }

    private static String heading(String purpose) {
        return purpose.replaceAll("[.;].*$", "");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
