package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.Image;
import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Has Proxmox fetch each image to the nodes that lack it, and follows the downloads. */
@ApplicationScoped
class ImageDownloads {

    private static final Logger LOG = Logger.getLogger(ImageDownloads.class);

    private record Place(String cluster, String node, String filename) {}

    private final ImageUses uses;
    private final Backoff backoff;
    private final Clock clock;
    private final Map<Place, ImageSight.Failure> failures = new ConcurrentHashMap<>();

    ImageDownloads(ImageUses uses, ClusterSettings settings, Clock clock) {
        this.uses = uses;
        this.backoff = new Backoff(settings.retryFirst(), settings.retryMax());
        this.clock = clock;
    }

    /**
     * How far the images are.
     *
     * @param again when something is tried again; at once where something is left to be done
     */
    record Advance(List<ImageStatus> images, Optional<Instant> again) {}

    private record OneAdvance(ImageStatus image, Optional<Instant> again) {}

    /** Starts what is missing and not being fetched. */
    Advance advance(
            String cluster,
            ProxmoxClusterSpec spec,
            ClusterFacts facts,
            List<ImageStatus> before,
            ProxmoxClient client) {
        // The first of a name is what the image is; those after it are what it was.
        var known = before.stream().collect(Collectors.toMap(ImageStatus::name, status -> status, (is, was) -> is));
        var advances = new ArrayList<OneAdvance>();
        for (var image : spec.images()) {
            var was = Optional.ofNullable(known.get(image.name())).filter(status -> status.volume() != null);
            var file = ImageFile.of(image, facts.index(), was.map(status -> ImageFile.filename(status.volume())));
            advances.add(
                    file.isPresent()
                            ? advance(cluster, spec, facts, file.get(), before, client)
                            : new OneAdvance(
                                    unknownTemplate(image),
                                    Optional.of(clock.instant().plus(backoff.max()))));
        }
        var volumes = advances.stream().map(each -> each.image().volume()).toList();
        before.stream()
                .filter(old -> !old.fetched().isEmpty() && !volumes.contains(old.volume()))
                .flatMap(old -> superseded(cluster, spec, old, client).stream())
                .forEach(advances::add);
        return new Advance(
                advances.stream().map(OneAdvance::image).toList(),
                advances.stream().flatMap(each -> each.again().stream()).min(Instant::compareTo));
    }

    /** What an image was until its source changed, or is not declared any more, is removed; until it is, the status knows of it. */
    private Optional<OneAdvance> superseded(
            String cluster, ProxmoxClusterSpec spec, ImageStatus old, ProxmoxClient client) {
        var needless = new ImageStatus(old.name(), true, old.volume(), List.of(), old.fetched(), old.tasks(), null);
        var again = new OneAdvance(needless, Optional.of(clock.instant().plus(backoff.first())));
        if (uses.needed(cluster, spec, old)) {
            return Optional.of(again);
        }
        try {
            return new ImageRemoval(client).advance(List.of(old)).isEmpty() ? Optional.empty() : Optional.of(again);
        } catch (ProxmoxException e) {
            LOG.warnf("cluster=%s image=%s removed=false cause=%s", cluster, old.volume(), e.getMessage());
            return Optional.of(
                    new OneAdvance(needless, Optional.of(clock.instant().plus(backoff.max()))));
        }
    }

    private OneAdvance advance(
            String cluster,
            ProxmoxClusterSpec spec,
            ClusterFacts facts,
            ImageFile file,
            List<ImageStatus> known,
            ProxmoxClient client) {
        var volume = file.volume(spec.storage().images());
        // By its volume: under another name, or declared again, it is still what was fetched.
        var before =
                known.stream().filter(status -> volume.equals(status.volume())).findFirst();
        var sights = ImageNodes.of(spec, facts.view()).stream()
                .map(node -> sight(new Place(cluster, node, file.filename()), facts, before))
                .toList();
        var plan = ImagePlan.of(sights, clock.instant());
        var tasks = new TreeMap<String, String>();
        var fetched = new TreeSet<String>(before.map(ImageStatus::fetched).orElse(List.of()));
        var holders = new ArrayList<String>();
        var problems = new TreeSet<String>();
        for (var place : plan.places()) {
            switch (place) {
                case ImagePlan.Place.Keep(var node) -> holders.add(node);
                case ImagePlan.Place.Follow(var node, var upid) -> tasks.put(node, upid);
                case ImagePlan.Place.Note(var node) -> fetched.add(node);
                case ImagePlan.Place.Await(var node, var failure) -> problems.add(failure.message());
                case ImagePlan.Place.Fetch(var node) ->
                    fetch(client, spec.storage().images(), file, new Place(cluster, node, file.filename()), fetched)
                            .ifPresentOrElse(
                                    upid -> tasks.put(node, upid.text()),
                                    () -> problems.add(failures.get(new Place(cluster, node, file.filename()))
                                            .message()));
            }
        }
        var ready = !sights.isEmpty() && holders.size() == sights.size();
        var message = problems.isEmpty() ? null : String.join("; ", problems);
        return new OneAdvance(
                new ImageStatus(file.image().name(), ready, volume, holders, List.copyOf(fetched), tasks, message),
                plan.goesOn() ? Optional.of(clock.instant()) : plan.again());
    }

    private ImageSight sight(Place place, ClusterFacts facts, Optional<ImageStatus> before) {
        var held = facts.held().getOrDefault(place.node(), Set.of()).contains(place.filename());
        var upid = before.map(status -> status.tasks().get(place.node()));
        var download = upid.map(facts.downloads()::get);
        if (download.orElse(null) instanceof DownloadSight.Failed(var cause)) {
            failed(place, cause);
        } else if (held) {
            failures.remove(place);
        }
        return new ImageSight(
                place.node(),
                held,
                before.filter(status -> status.fetched().contains(place.node())).isPresent(),
                upid.filter(text -> download.orElse(null) instanceof DownloadSight.Runs)
                        .map(Upid::new),
                Optional.ofNullable(failures.get(place)));
    }

    /** Empty when it was refused, which is noted. */
    private Optional<Upid> fetch(
            ProxmoxClient client, String storage, ImageFile file, Place place, Set<String> fetched) {
        try {
            var storages = client.storages();
            var upid = file.source().isPresent()
                    ? storages.download(
                            place.node(),
                            storage,
                            file.content(),
                            file.filename(),
                            file.source().get(),
                            file.checksum())
                    : storages.downloadTemplate(place.node(), storage, file.filename());
            LOG.infof("cluster=%s node=%s image=%s task=%s", place.cluster(), place.node(), file.filename(), upid);
            return Optional.of(upid);
        } catch (ProxmoxException.Unavailable e) {
            throw e;
        } catch (ProxmoxException.AlreadyExists e) {
            // Somebody else was quicker: it is not ours to remove.
            fetched.remove(place.node());
            failed(place, e.getMessage());
            return Optional.empty();
        } catch (ProxmoxException e) {
            failed(place, e.getMessage());
            return Optional.empty();
        }
    }

    private void failed(Place place, String cause) {
        failures.compute(place, (same, before) -> {
            var count = before == null ? 1 : before.count() + 1;
            return new ImageSight.Failure(
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
}
