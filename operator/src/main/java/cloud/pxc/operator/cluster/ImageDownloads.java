package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.Image;
import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.proxmox.ContentType;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Has Proxmox fetch each image to the nodes that lack it, and follows the downloads. */
@ApplicationScoped
class ImageDownloads {

    private static final Logger LOG = Logger.getLogger(ImageDownloads.class);
    private static final int LOG_LINES = 3;

    private record Place(String cluster, String node, String filename) {}

    private record Failure(int count, Instant again, String message) {}

    private final Backoff backoff;
    private final Clock clock;
    private final Map<Place, Failure> failures = new ConcurrentHashMap<>();

    ImageDownloads(ClusterSettings settings, Clock clock) {
        this.backoff = new Backoff(settings.retryFirst(), settings.retryMax());
        this.clock = clock;
    }

    /** Starts what is missing and not being fetched, and tells how far each image is. */
    List<ImageStatus> advance(
            String cluster,
            ProxmoxClusterSpec spec,
            ClusterFacts facts,
            List<ImageStatus> before,
            ProxmoxClient client) {
        var nodes = ImageNodes.of(spec, facts.view());
        var known = new HashMap<String, ImageStatus>();
        before.forEach(status -> known.put(status.name(), status));
        return spec.images().stream()
                .map(image -> ImageFile.of(image, facts.index())
                        .map(file -> advance(cluster, spec, facts, file, nodes, known.get(image.name()), client))
                        .orElseGet(() -> unknownTemplate(image)))
                .toList();
    }

    /** When something that failed is tried again. */
    Optional<Instant> again(String cluster) {
        return failures.entrySet().stream()
                .filter(entry -> entry.getKey().cluster().equals(cluster))
                .map(entry -> entry.getValue().again())
                .min(Instant::compareTo);
    }

    private ImageStatus advance(
            String cluster,
            ProxmoxClusterSpec spec,
            ClusterFacts facts,
            ImageFile file,
            List<String> nodes,
            ImageStatus before,
            ProxmoxClient client) {
        var storage = spec.storage().images();
        var sameFile = before != null && file.volume(storage).equals(before.volume());
        var tasks = new TreeMap<String, String>(sameFile ? before.tasks() : Map.of());
        var fetched = new TreeSet<String>(sameFile ? before.fetched() : List.of());
        var holders = new ArrayList<String>();
        var problems = new ArrayList<String>();
        for (var node : nodes) {
            var place = new Place(cluster, node, file.filename());
            if (tasks.containsKey(node) && stillRuns(client, place, tasks, problems)) {
                continue;
            }
            var wasFetched = tasks.remove(node) != null;
            if (facts.held().getOrDefault(node, java.util.Set.of()).contains(file.filename())) {
                holders.add(node);
                failures.remove(place);
            } else if (!wasFetched) {
                mayStart(place, problems).ifPresent(ready -> start(client, storage, file, place, tasks, problems));
            }
            if (tasks.containsKey(node) || wasFetched) {
                fetched.add(node);
            }
        }
        var message = problems.isEmpty() ? null : String.join("; ", problems);
        var ready = !nodes.isEmpty() && holders.containsAll(nodes);
        return new ImageStatus(
                file.image().name(), ready, file.volume(storage), holders, List.copyOf(fetched), tasks, message);
    }

    private boolean stillRuns(ProxmoxClient client, Place place, Map<String, String> tasks, List<String> problems) {
        var upid = new Upid(tasks.get(place.node()));
        try {
            var state = client.tasks().state(upid);
            if (state.running()) {
                return true;
            }
            if (!state.succeeded()) {
                var log = String.join(" | ", client.tasks().log(upid, LOG_LINES));
                failed(place, "task " + upid + " ended with: " + state.exit().orElse("nothing") + " (" + log + ")");
                problems.add(failures.get(place).message());
            }
        } catch (ProxmoxException.NotFound | ProxmoxException.InvalidRequest e) {
            LOG.infof("cluster=%s node=%s task=%s forgotten=true", place.cluster(), place.node(), upid);
        }
        return false;
    }

    private Optional<Place> mayStart(Place place, List<String> problems) {
        var failure = failures.get(place);
        if (failure != null && failure.again().isAfter(clock.instant())) {
            if (!problems.contains(failure.message())) {
                problems.add(failure.message());
            }
            return Optional.empty();
        }
        return Optional.of(place);
    }

    private void start(
            ProxmoxClient client,
            String storage,
            ImageFile file,
            Place place,
            Map<String, String> tasks,
            List<String> problems) {
        try {
            var upid = file.source().isPresent()
                    ? client.storages()
                            .download(
                                    place.node(),
                                    storage,
                                    file.content(),
                                    file.filename(),
                                    file.source().get(),
                                    file.checksum())
                    : client.storages().downloadTemplate(place.node(), storage, file.filename());
            tasks.put(place.node(), upid.text());
            LOG.infof("cluster=%s node=%s image=%s task=%s", place.cluster(), place.node(), file.filename(), upid);
        } catch (ProxmoxException.Unavailable e) {
            throw e;
        } catch (ProxmoxException e) {
            failed(place, e.getMessage());
            problems.add(failures.get(place).message());
        }
    }

    private void failed(Place place, String cause) {
        failures.compute(place, (same, before) -> {
            var count = before == null ? 1 : before.count() + 1;
            return new Failure(
                    count,
                    clock.instant().plus(backoff.after(count)),
                    place.filename() + " on " + place.node() + ": " + cause);
        });
    }

    private static ImageStatus unknownTemplate(Image image) {
        return new ImageStatus(
                image.name(),
                false,
                null,
                List.of(),
                List.of(),
                Map.of(),
                "Proxmox' index has no container template " + image.template()
                        + "; see what it has with: pveam update && pveam available");
    }

    /** Removes from the storage what was fetched to it. Returns what is still being removed. */
    List<String> remove(ProxmoxClusterSpec spec, List<ImageStatus> images, ProxmoxClient client) {
        var left = new ArrayList<String>();
        for (var image : images) {
            for (var node : image.fetched()) {
                var filename = image.volume().substring(image.volume().indexOf('/') + 1);
                var content = image.volume().contains(":" + ContentType.IMPORT.word() + "/")
                        ? ContentType.IMPORT
                        : ContentType.VZTMPL;
                var there = client.storages().content(node, spec.storage().images(), content).stream()
                        .anyMatch(volume -> volume.filename().equals(filename));
                if (there) {
                    left.add(image.volume() + " on " + node);
                    client.storages().delete(node, image.volume());
                }
            }
        }
        return left;
    }
}
