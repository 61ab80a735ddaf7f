package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.crds.machine.NetworkInterface;
import cloud.pxc.proxmox.GuestConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which interface of the spec is which of the guest: the first that is for the same network, else, where one was given another
 * network, the one that is left over. An interface keeps its place, and its MAC address, for as long as it is there. Pure.
 *
 * @param places one for each interface of the spec, in its order
 * @param stale what the guest has, or had, for no interface of the spec
 */
record NicPlan(List<Place> places, List<AttachedInterface> stale) {

    private static final Pattern DEVICE = Pattern.compile("net([0-9]+)");

    NicPlan {
        places = List.copyOf(places);
        stale = List.copyOf(stale);
    }

    /**
     * Of one interface.
     *
     * @param number as in {@code net0}
     * @param known what it is to the guest; empty where it is new
     */
    record Place(int number, Optional<AttachedInterface> known) {}

    /** @param taken numbers that somebody else has given to interfaces of his own */
    static NicPlan of(List<NetworkInterface> wanted, List<AttachedInterface> known, Set<Integer> taken) {
        var free = new ArrayList<>(known);
        var places = new Place[wanted.size()];
        for (var i = 0; i < places.length; i++) {
            var network = wanted.get(i).name();
            places[i] = take(free, attached -> attached.network().equals(network));
        }
        for (var i = 0; i < places.length; i++) {
            if (places[i] == null) {
                var used = numbers(Arrays.asList(places));
                places[i] = take(free, attached -> !used.contains(number(attached.device())));
            }
        }
        var used = new HashSet<>(taken);
        used.addAll(numbers(Arrays.asList(places)));
        free.forEach(attached -> used.add(number(attached.device())));
        for (var i = 0; i < places.length; i++) {
            if (places[i] == null) {
                var number = IntStream.iterate(0, next -> next + 1)
                        .filter(next -> !used.contains(next))
                        .findFirst()
                        .orElseThrow();
                used.add(number);
                places[i] = new Place(number, Optional.empty());
            }
        }
        return new NicPlan(Arrays.asList(places), free);
    }

    /** Numbers of the interfaces that a guest has. */
    static Set<Integer> numbers(GuestConfig config) {
        var numbers = new TreeSet<Integer>();
        config.settings().keySet().stream()
                .filter(key -> DEVICE.matcher(key).matches())
                .forEach(key -> numbers.add(number(key)));
        return numbers;
    }

    static String device(int number) {
        return "net" + number;
    }

    static int number(String device) {
        var match = DEVICE.matcher(device);
        if (!match.matches()) {
            throw new IllegalArgumentException("the status of the Machine names an interface " + device
                    + "; those of Proxmox are called net0, net1, …");
        }
        return Integer.parseInt(match.group(1));
    }

    private static Set<Integer> numbers(List<Place> places) {
        var numbers = new HashSet<Integer>();
        places.stream().filter(Objects::nonNull).forEach(place -> numbers.add(place.number()));
        return numbers;
    }

    private static Place take(List<AttachedInterface> free, Predicate<AttachedInterface> fits) {
        var found = free.stream().filter(fits).findFirst();
        found.ifPresent(free::remove);
        return found.map(attached -> new Place(number(attached.device()), found))
                .orElse(null);
    }
}
