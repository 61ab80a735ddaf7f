package cloud.pxc.operator.stack;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Names that people can tell apart and remember: bold-otter. */
final class PetNames {

    private static final List<String> QUALITIES = List.of(
            "able", "agile", "amber", "apt", "bold", "brave", "bright", "brisk", "calm", "clear", "clever", "cosy",
            "crisp", "daring", "deft", "eager", "early", "easy", "fair", "fast", "fine", "firm", "fond", "frank",
            "free", "fresh", "gentle", "glad", "golden", "good", "grand", "green", "happy", "hardy", "honest", "jolly",
            "keen", "kind", "light", "lively", "loyal", "lucky", "merry", "mild", "modest", "neat", "nice", "noble",
            "patient", "plain", "proud", "quick", "quiet", "ready", "rosy", "sharp", "shiny", "silent", "smart",
            "solid", "steady", "sunny", "swift", "warm");
    private static final List<String> ANIMALS = List.of(
            "ant", "badger", "bat", "bear", "beaver", "bee", "bison", "boar", "camel", "cat", "cobra", "crab", "crane",
            "crow", "deer", "dingo", "dolphin", "dove", "eagle", "eel", "elk", "falcon", "ferret", "finch", "fox",
            "frog", "gecko", "gnu", "goat", "goose", "hare", "hawk", "heron", "horse", "ibex", "jackal", "jay", "koala",
            "lark", "lemur", "lion", "llama", "lynx", "magpie", "mole", "moose", "newt", "ocelot", "orca", "otter",
            "owl", "panda", "parrot", "puma", "quail", "raven", "robin", "seal", "stork", "swan", "tapir", "tiger",
            "toad", "wolf");
    private static final int TRIES = 64;

    private PetNames() {}

    /**
     * One that is not taken; with a number behind it once most are.
     *
     * @param key of what is to be named: the same one gets the same name again, as long as that is free
     */
    static String of(String key, Predicate<String> taken) {
        var random = new SplittableRandom(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits());
        var name = pair(random);
        for (var tries = 0; taken.test(name) && tries < TRIES; tries++) {
            name = pair(random);
        }
        var numbered = name;
        for (var number = 2; taken.test(numbered); number++) {
            numbered = name + "-" + number;
        }
        return numbered;
    }

    private static String pair(RandomGenerator random) {
        return QUALITIES.get(random.nextInt(QUALITIES.size())) + "-" + ANIMALS.get(random.nextInt(ANIMALS.size()));
    }
}
