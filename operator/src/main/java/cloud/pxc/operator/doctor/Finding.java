package cloud.pxc.operator.doctor;

import java.util.List;

/**
 * Something that was looked at, and how it is.
 *
 * @param about in a word: {@code version}, {@code storage}, …
 * @param sentence what was found
 * @param remedy commands for the shell of a node, in order; empty where nothing is to be done
 */
record Finding(Level level, String about, String sentence, List<String> remedy) {

    enum Level {
        WELL,
        /** Worth knowing; machines can be made all the same. */
        NOTE,
        PROBLEM
    }

    Finding {
        remedy = List.copyOf(remedy);
    }

    static Finding well(String about, String sentence) {
        return new Finding(Level.WELL, about, sentence, List.of());
    }

    static Finding note(String about, String sentence, String... remedy) {
        return new Finding(Level.NOTE, about, sentence, List.of(remedy));
    }

    static Finding problem(String about, String sentence, String... remedy) {
        return new Finding(Level.PROBLEM, about, sentence, List.of(remedy));
    }

    boolean isProblem() {
        return level == Level.PROBLEM;
    }
}
