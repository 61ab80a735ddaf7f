package cloud.pxc.crds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings of a process as their interface ({@code @ConfigMapping}) declares them, read from its source: what a setting means
 * stands in its comment, which no class file holds.
 *
 * @param process that reads them
 * @param purpose what they are settings of, a sentence
 */
record SettingsSource(String process, String purpose, List<Setting> settings) {

    /**
     * @param name as a property, for example {@code pxc.zone.check}
     * @param standard what it is when nothing is said
     */
    record Setting(String name, String standard, String meaning) {

        /** As an environment variable. */
        String variable() {
            return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }
    }

    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile(
            "(?<comment>/\\*\\*.*?\\*/)|@WithDefault\\(\"(?<standard>[^\"]*)\"\\)|interface (?<nested>\\w+)[^{]*\\{"
                    + "|(?<body>default [^{]*\\{)|(?<type>[\\w.<>]+) (?<method>\\w+)\\(\\);|(?<end>\\})",
            Pattern.DOTALL);

    /** Of all processes, in the order of their files. */
    static List<SettingsSource> all(Path root) throws IOException {
        var all = new ArrayList<SettingsSource>();
        for (var module : List.of("operator", "admission-webhook")) {
            try (var files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                for (var file : files.filter(each -> each.toString().endsWith("Settings.java"))
                        .sorted()
                        .toList()) {
                    var source = Files.readString(file);
                    var prefix = PREFIX.matcher(source);
                    if (prefix.find()) {
                        all.add(read(module, prefix.group(1), source, prefix.start()));
                    }
                }
            }
        }
        return all;
    }

    private static SettingsSource read(String module, String prefix, String source, int start) {
        var purpose = "";
        for (var comment = COMMENT.matcher(source.substring(0, start)); comment.find(); ) {
            purpose = words(comment.group(1));
        }
        var groups = groups(source, start);
        var settings = new ArrayList<Setting>();
        var top = groups.get("");
        top.forEach(each -> add(prefix, each, groups, settings));
        return new SettingsSource(module, purpose, settings);
    }

    private record Declared(String type, String method, String standard, String meaning) {}

    /** What each interface declares, the outer one under an empty name. */
    private static Map<String, List<Declared>> groups(String source, int start) {
        var groups = new TreeMap<String, List<Declared>>();
        Deque<String> open = new ArrayDeque<>();
        var comment = "";
        var standard = "–";
        for (var part = PART.matcher(source).region(start, source.length()); part.find(); ) {
            if (part.group("comment") != null) {
                comment = words(part.group("comment").replaceAll("^/\\*\\*|\\*/$", ""));
            } else if (part.group("standard") != null) {
                standard = part.group("standard");
            } else if (part.group("nested") != null) {
                open.push(open.isEmpty() ? "" : part.group("nested"));
                groups.put(open.peek(), new ArrayList<>());
            } else if (part.group("body") != null) {
                part.region(closing(source, part), source.length());
            } else if (part.group("method") != null) {
                groups.get(open.peek()).add(new Declared(part.group("type"), part.group("method"), standard, comment));
                comment = "";
                standard = "–";
            } else {
                open.pop();
            }
        }
        return groups;
    }

    /** Where the body that begins with this match is over. */
    private static int closing(String source, Matcher part) {
        var depth = 1;
        var at = part.end();
        for (; depth > 0; at++) {
            depth += source.charAt(at) == '{' ? 1 : source.charAt(at) == '}' ? -1 : 0;
        }
        return at;
    }

    private static void add(String prefix, Declared each, Map<String, List<Declared>> groups, List<Setting> to) {
        var name = prefix + "." + each.method().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        if (groups.containsKey(each.type())) {
            groups.get(each.type()).forEach(inner -> add(name, within(each, inner), groups, to));
        } else {
            to.add(new Setting(name, each.standard(), each.meaning()));
        }
    }

    /** What is said of the whole stands before what is said of the part. */
    private static Declared within(Declared outer, Declared inner) {
        return new Declared(
                inner.type(), inner.method(), inner.standard(), (outer.meaning() + " " + inner.meaning()).strip());
    }

    private static String words(String comment) {
        return comment.replaceAll("(?m)^\\s*\\*", " ")
                .replaceAll("\\{@(?:code|link) ([^}]*)\\}", "`$1`")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
