package cloud.pxc.operator.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What has to be done so that an image is on every node that needs it. Pure. */
record ImagePlan(List<Place> places) {

    ImagePlan {
        places = List.copyOf(places);
    }

    /** What has to be done on one node. */
    sealed interface Place {

        String node();

        record Keep(String node) implements Place {}

        /** A download runs. */
        record Follow(String node, String upid) implements Place {}

        /** That it is fetched there stands in the status before it is: it is removed from there one day, whatever happens. */
        record Note(String node) implements Place {}

        record Fetch(String node) implements Place {}

        /** It was tried, and is tried again later. */
        record Await(String node, ImageSight.Failure failure) implements Place {}
    }

    static ImagePlan of(List<ImageSight> sights, Instant now) {
        return new ImagePlan(sights.stream().map(sight -> place(sight, now)).toList());
    }

    private static Place place(ImageSight sight, Instant now) {
        if (sight.download().isPresent()) {
            return new Place.Follow(sight.node(), sight.download().get().text());
        }
        if (sight.held()) {
            return new Place.Keep(sight.node());
        }
        var failure = sight.failure().filter(last -> last.again().isAfter(now));
        if (failure.isPresent()) {
            return new Place.Await(sight.node(), failure.get());
        }
        return sight.noted() ? new Place.Fetch(sight.node()) : new Place.Note(sight.node());
    }

    /** Whether something is left that the next pass does. */
    boolean goesOn() {
        return places.stream().anyMatch(place -> place instanceof Place.Note || place instanceof Place.Fetch);
    }

    Optional<Instant> again() {
        return places.stream()
                .filter(Place.Await.class::isInstance)
                .map(place -> ((Place.Await) place).failure().again())
                .min(Instant::compareTo);
    }
}
