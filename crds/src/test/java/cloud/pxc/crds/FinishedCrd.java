package cloud.pxc.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A generated CRD with what the generator has no annotation for: printer columns in the order of their declaration, the
 * category, each rule once, the keys by which lists are merged, and words for the types of Kubernetes itself.
 */
final class FinishedCrd {

    private static final String HEADER =
            "# Made from the Java types in crds/src/main/java; change those, then run: make fmt\n";

    /** Lists whose items are told apart by keys: rules can then compare an item with what it was. */
    private static final Map<String, Map<String, List<String>>> LIST_KEYS = Map.of(
            "ProxmoxCluster", Map.of("spec.networks", List.of("name"), "spec.images", List.of("name")),
            "Stack", Map.of("spec.machineSets", List.of("name"), "spec.machineSets.disks", List.of("name")),
            "Machine", Map.of("spec.disks", List.of("name")),
            "MachineSnapshot", Map.of(),
            "DnsZone", Map.of("spec.records", List.of("name", "type")),
            "DnsRecord", Map.of(),
            "AcmeIssuer", Map.of(),
            "Certificate", Map.of());

    private static final Map<String, String> CONDITION = Map.of(
            "type", "What it speaks of: Ready, Reconciling, Stalled or one of the kind's own.",
            "status", "True, False or Unknown.",
            "reason", "Why, in one CamelCase word to search for.",
            "message", "Why, in a sentence that says what to do.",
            "lastTransitionTime", "When its status last changed (RFC 3339).",
            "observedGeneration", "The generation of the spec that it speaks of.");

    private static final Map<String, String> LABEL_SELECTOR = Map.of(
            "matchLabels", "Labels that must be there with these values.",
            "matchExpressions", "Rules that must hold for the labels, all of them.",
            "matchExpressions.key", "Label that the rule is for.",
            "matchExpressions.operator", "In, NotIn, Exists or DoesNotExist.",
            "matchExpressions.values", "Values for In and NotIn; none for the others.");

    private FinishedCrd() {}

    static String yaml(String generated, Class<? extends CustomResource<?, ?>> kind) {
        var crd = Serialization.unmarshal(generated, CustomResourceDefinition.class);
        crd.getSpec().getNames().setCategories(List.of("pxc"));
        for (var version : crd.getSpec().getVersions()) {
            orderColumns(version, kind);
            var schema = version.getSchema().getOpenAPIV3Schema();
            schema.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
            at(schema, "spec").setDescription("What is wanted.");
            at(schema, "status").setDescription("What the operator last saw and did.");
            keepEachRuleOnce(schema);
            LIST_KEYS.get(crd.getSpec().getNames().getKind()).forEach((path, keys) -> mergeBy(at(schema, path), keys));
            finishConditions(at(schema, "status.conditions"));
            describeSelectors(schema);
        }
        return HEADER + Serialization.asYaml(crd).replaceFirst("^---\n", "");
    }

    private static void orderColumns(CustomResourceDefinitionVersion version, Class<?> kind) {
        var order = Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt(
                        (CustomResourceColumnDefinition column) -> order.indexOf(column.getName())));
    }

    /** An annotation on a record component lands on its field and on its accessor, and is found on both. */
    private static void keepEachRuleOnce(JSONSchemaProps schema) {
        var rules = schema.getXKubernetesValidations();
        if (rules != null) {
            schema.setXKubernetesValidations(List.copyOf(new LinkedHashSet<>(rules)));
        }
        children(schema).values().forEach(FinishedCrd::keepEachRuleOnce);
    }

    private static void mergeBy(JSONSchemaProps list, List<String> keys) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(keys);
    }

    private static void finishConditions(JSONSchemaProps conditions) {
        mergeBy(conditions, List.of("type"));
        var item = conditions.getItems().getSchema();
        item.setRequired(List.of("type", "status"));
        CONDITION.forEach((name, text) -> item.getProperties().get(name).setDescription(text));
    }

    private static void describeSelectors(JSONSchemaProps schema) {
        if (children(schema).containsKey("matchLabels")) {
            LABEL_SELECTOR.forEach((path, text) -> at(schema, path).setDescription(text));
        }
        children(schema).values().forEach(FinishedCrd::describeSelectors);
    }

    private static JSONSchemaProps at(JSONSchemaProps schema, String path) {
        var here = schema;
        for (var step : path.split("\\.")) {
            here = children(here).get(step);
            if (here == null) {
                throw new IllegalArgumentException("The schema has no " + path);
            }
        }
        return here;
    }

    /** The properties of an object, or of the items of a list of objects. */
    static Map<String, JSONSchemaProps> children(JSONSchemaProps schema) {
        var here = schema.getItems() == null ? schema : schema.getItems().getSchema();
        return here.getProperties() == null ? Map.of() : here.getProperties();
    }
}
