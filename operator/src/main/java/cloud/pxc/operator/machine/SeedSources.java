package cloud.pxc.operator.machine;

import cloud.pxc.crds.KeyRef;
import cloud.pxc.crds.machine.CloudInit;
import cloud.pxc.crds.machine.CloudInitFile;
import cloud.pxc.crds.machine.Machine;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What cloud-init of machines takes from Secrets and ConfigMaps of their namespaces. All of these are watched, so that a change
 * counts at once and is found without a call; but only their versions are kept, and what they hold is read when it is needed.
 */
@ApplicationScoped
class SeedSources {

    /** Objects that the API server lists at a time: what they hold is not to be in memory at once. */
    private static final long LISTED = 200;

    private final KubernetesClient kubernetes;
    private Function<ResourceID, Optional<Secret>> secrets = id -> Optional.empty();
    private Function<ResourceID, Optional<ConfigMap>> maps = id -> Optional.empty();

    SeedSources(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
    }

    /**
     * Something that a machine names.
     *
     * @param field of the spec, as sentences name it
     * @param secret whether only a Secret will do
     */
    private record Named(KeyRef ref, String field, boolean secret) {}

    /** @param machines those that name an object of that namespace and name */
    List<EventSource<?, Machine>> watch(
            EventSourceContext<Machine> context, Function<ResourceID, List<Machine>> machines) {
        var secretSource = source(Secret.class, "machine-secrets", secret -> secret.setData(null), context, machines);
        var mapSource = source(ConfigMap.class, "machine-configmaps", SeedSources::empty, context, machines);
        secrets = secretSource::get;
        maps = mapSource::get;
        return List.of(secretSource, mapSource);
    }

    private static void empty(ConfigMap map) {
        map.setData(null);
        map.setBinaryData(null);
    }

    private static <T extends HasMetadata> InformerEventSource<T, Machine> source(
            Class<T> type,
            String name,
            Consumer<T> emptying,
            EventSourceContext<Machine> context,
            Function<ResourceID, List<Machine>> machines) {
        var configuration = InformerEventSourceConfiguration.from(type, Machine.class)
                .withName(name)
                .withInformerListLimit(LISTED)
                .withItemStore(new BasicItemStore<T>(Cache::metaNamespaceKeyFunc) {
                    @Override
                    public T put(String key, T object) {
                        emptying.accept(object);
                        object.getMetadata().setManagedFields(null);
                        // The framework looks for one of its own there.
                        object.getMetadata().setAnnotations(new HashMap<>());
                        return super.put(key, object);
                    }
                })
                .withSecondaryToPrimaryMapper(object -> machines.apply(ResourceID.fromResource(object)).stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .withPrimaryToSecondaryMapper((Machine machine) -> Set.copyOf(ids(machine)))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** Objects that a machine names. */
    static List<ResourceID> ids(Machine machine) {
        var namespace = machine.getMetadata().getNamespace();
        return named(machine)
                .map(named -> new ResourceID(named.ref().name(), namespace))
                .distinct()
                .toList();
    }

    /** By name, in which versions they were last seen; empty where one of them was not. */
    Optional<Map<String, String>> versions(Machine machine) {
        var versions = new TreeMap<String, String>();
        for (var id : ids(machine)) {
            var seen = Seen.of(secrets.apply(id), isSecretOnly(machine, id) ? Optional.empty() : maps.apply(id));
            if (seen.secret() == null && seen.map() == null) {
                return Optional.empty();
            }
            versions.put(id.getName(), seen.version());
        }
        return Optional.of(versions);
    }

    /** @throws Obstacle with a sentence, if something is not there */
    SeedContent read(Machine machine) {
        var namespace = machine.getMetadata().getNamespace();
        var objects = new HashMap<String, Seen>();
        for (var id : ids(machine)) {
            var secret = kubernetes
                    .secrets()
                    .inNamespace(namespace)
                    .withName(id.getName())
                    .get();
            var map = isSecretOnly(machine, id)
                    ? null
                    : kubernetes
                            .configMaps()
                            .inNamespace(namespace)
                            .withName(id.getName())
                            .get();
            objects.put(id.getName(), Seen.of(Optional.ofNullable(secret), Optional.ofNullable(map)));
        }
        var values = new HashMap<KeyRef, byte[]>();
        named(machine)
                .forEach(named -> values.put(
                        named.ref(), value(named, objects.get(named.ref().name()), namespace)));
        var versions = new TreeMap<String, String>();
        objects.forEach((name, seen) -> versions.put(name, seen.version()));
        return new SeedContent(values, versions);
    }

    private static byte[] value(Named named, Seen seen, String namespace) {
        var ref = named.ref();
        return (named.secret()
                        ? seen.ofSecret(ref.key())
                        : seen.ofSecret(ref.key()).or(() -> seen.ofMap(ref.key())))
                .orElseThrow(() -> Obstacle.failing(
                        MachineReason.CloudInitMissing,
                        named.field() + " names key " + ref.key() + " of " + ref.name() + ", and "
                                + (named.secret() ? "no Secret" : "neither a Secret nor a ConfigMap")
                                + " of that name in namespace " + namespace
                                + " has it; create it, and the machine goes on by itself"));
    }

    private static boolean isSecretOnly(Machine machine, ResourceID id) {
        return named(machine)
                .filter(named -> named.ref().name().equals(id.getName()))
                .allMatch(Named::secret);
    }

    private static Stream<Named> named(Machine machine) {
        var cloudInit = machine.getSpec().cloudInit();
        if (cloudInit == null) {
            return Stream.empty();
        }
        var all = new ArrayList<Named>();
        all.add(new Named(cloudInit.userDataRef(), "cloudInit.userDataRef", false));
        all.add(new Named(cloudInit.passwordRef(), "cloudInit.passwordRef", true));
        files(cloudInit)
                .forEach(file -> all.add(
                        new Named(file.contentRef(), "cloudInit.files, contentRef of " + file.path() + ",", false)));
        return all.stream().filter(named -> named.ref() != null);
    }

    private static Stream<CloudInitFile> files(CloudInit cloudInit) {
        return cloudInit.files().stream().filter(file -> file.contentRef() != null);
    }

    /** The objects of one name; null where there is none. */
    private record Seen(Secret secret, ConfigMap map) {

        private static Seen of(Optional<Secret> secret, Optional<ConfigMap> map) {
            return new Seen(secret.orElse(null), map.orElse(null));
        }

        private String version() {
            return Stream.of(secret, map)
                    .filter(Objects::nonNull)
                    .map(object -> object.getKind() + " " + object.getMetadata().getUid() + " "
                            + object.getMetadata().getResourceVersion())
                    .collect(Collectors.joining(", "));
        }

        private Optional<byte[]> ofSecret(String key) {
            return secret == null || secret.getData() == null
                    ? Optional.empty()
                    : decoded(secret.getData().get(key));
        }

        private Optional<byte[]> ofMap(String key) {
            if (map == null) {
                return Optional.empty();
            }
            var text = map.getData() == null
                    ? Optional.<String>empty()
                    : Optional.ofNullable(map.getData().get(key));
            return text.map(value -> value.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .or(() -> map.getBinaryData() == null
                            ? Optional.empty()
                            : decoded(map.getBinaryData().get(key)));
        }

        private static Optional<byte[]> decoded(String base64) {
            return Optional.ofNullable(base64).map(Base64.getDecoder()::decode);
        }
    }
}
