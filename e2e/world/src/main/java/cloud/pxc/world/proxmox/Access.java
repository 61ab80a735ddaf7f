package cloud.pxc.world.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Users, API tokens and who may do what where.
 *
 * <p>As on the real one, the entry at the most specific path counts and hides those above it; a token with privilege
 * separation has only what both it and its user are granted; a guest also has what is granted on its pool.
 */
final class Access {
    static final String ROOT = "root@pam";

    private record Token(String secret, boolean separated) {
        @Override
        public String toString() {
            return "Token[separated=" + separated + "]";
        }
    }

    /** By user or token id, then by path: the privileges granted there. */
    private final Map<String, Map<String, Set<String>>> grants = new ConcurrentHashMap<>();

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Function<String, Optional<String>> poolOfGuest;

    /** @param poolOfGuest the pool of a VMID, if it is in one */
    Access(Function<String, Optional<String>> poolOfGuest) {
        this.poolOfGuest = poolOfGuest;
    }

    void putToken(String id, String secret, boolean separated) {
        if (!id.matches("[^\\s:/!]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z][A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("A token id is user@realm!name, was " + id);
        }
        tokens.put(id, new Token(secret, separated));
    }

    void removeToken(String id) {
        tokens.remove(id);
        grants.remove(id);
    }

    void grant(String subject, String path, Collection<String> privileges) {
        grants.computeIfAbsent(subject, ignored -> new ConcurrentHashMap<>()).put(path, Set.copyOf(privileges));
    }

    /**
     * Who sent this {@code Authorization} header.
     *
     * @throws ApiException 401 with the recorded reason phrases
     */
    Principal authenticate(Optional<String> header) {
        var given = header.filter(text -> text.startsWith("PVEAPIToken"))
                .map(text -> text.substring("PVEAPIToken".length()).replaceFirst("^[=\\s]+", ""))
                .orElseThrow(() -> ApiException.of(401, "No ticket"));
        var equals = given.indexOf('=');
        var token = equals < 0 ? null : tokens.get(given.substring(0, equals));
        if (token == null || !token.secret().equals(given.substring(equals + 1))) {
            throw ApiException.of(401, "Authentication failed!");
        }
        return new Principal(given.substring(0, equals));
    }

    /** Who calls, where that is known; empty else. */
    String whoCalls(Optional<String> header) {
        try {
            return authenticate(header).id();
        } catch (ApiException e) {
            return "";
        }
    }

    /** What a user or token may do at a path. */
    Set<String> privileges(Principal who, String path) {
        var own = granted(who.id(), path);
        var user = who.user().equals(ROOT) ? Privileges.ALL : granted(who.user(), path);
        if (!who.isToken() || !tokens.containsKey(who.id())) {
            return user;
        }
        if (!tokens.get(who.id()).separated()) {
            return user;
        }
        return own.stream().filter(user::contains).collect(Collectors.toCollection(TreeSet::new));
    }

    boolean may(Principal who, String path, String... anyOf) {
        var have = privileges(who, path);
        return Arrays.stream(anyOf).anyMatch(have::contains);
    }

    /** @throws ApiException 403 that names path and privilege */
    void require(Principal who, String path, String privilege) {
        if (!may(who, path, privilege)) {
            throw ApiException.forbidden(path + ", " + privilege);
        }
    }

    /** Every path that this caller has rights on, with them: {@code GET /access/permissions}. */
    Map<String, Map<String, Integer>> dump(Principal who) {
        var paths =
                new TreeSet<>(Set.of("/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms"));
        grants.values().forEach(granted -> paths.addAll(granted.keySet()));
        var result = new TreeMap<String, Map<String, Integer>>();
        for (var path : paths) {
            var have = privileges(who, path);
            if (!have.isEmpty()) {
                var flags = new TreeMap<String, Integer>();
                have.forEach(privilege -> flags.put(privilege, 1));
                result.put(path, flags);
            }
        }
        return result;
    }

    /** Runs the check of a call, in the form of the real schema: {@code exec_api2_perm_check}. */
    void check(JsonNode check, Principal who, Function<String, String> parameter) {
        switch (check.get(0).asText()) {
            case "and" -> elements(check).forEach(part -> check(part, who, parameter));
            case "or" -> {
                if (elements(check).noneMatch(part -> passes(part, who, parameter))) {
                    throw ApiException.forbidden();
                }
            }
            case "perm" -> perm(check, who, parameter);
            default -> throw new IllegalStateException("Unknown permission check " + check);
        }
    }

    private boolean passes(JsonNode check, Principal who, Function<String, String> parameter) {
        try {
            check(check, who, parameter);
            return true;
        } catch (ApiException e) {
            return false;
        }
    }

    private void perm(JsonNode check, Principal who, Function<String, String> parameter) {
        var any = false;
        for (var i = 3; i < check.size(); i++) {
            any |= check.get(i).asText().equals("any");
            if (check.get(i).asText().equals("require_param")
                    && parameter.apply(check.get(i + 1).asText()) == null) {
                throw ApiException.forbidden();
            }
        }
        var path = Template.fill(check.get(1).asText(), parameter);
        var privileges = StreamSupport.stream(check.get(2).spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new);
        if (any) {
            if (!may(who, path, privileges)) {
                throw ApiException.forbidden(path + ", " + String.join("|", privileges));
            }
            return;
        }
        for (var privilege : privileges) {
            require(who, path, privilege);
        }
    }

    private Set<String> granted(String subject, String path) {
        var own = grants.getOrDefault(subject, Map.of());
        var result = new TreeSet<>(mostSpecific(own, path));
        if (path.startsWith("/vms/")) {
            poolOfGuest
                    .apply(path.substring("/vms/".length()))
                    .ifPresent(pool -> result.addAll(own.getOrDefault("/pool/" + pool, Set.of())));
        }
        return result;
    }

    private static Set<String> mostSpecific(Map<String, Set<String>> own, String path) {
        for (var at = path; ; at = at.substring(0, Math.max(1, at.lastIndexOf('/')))) {
            if (own.containsKey(at)) {
                return own.get(at);
            }
            if (at.equals("/")) {
                return Set.of();
            }
            if (at.lastIndexOf('/') == 0) {
                return own.getOrDefault("/", Set.of());
            }
        }
    }

    private static Stream<JsonNode> elements(JsonNode check) {
        return StreamSupport.stream(check.spliterator(), false).skip(1);
    }
}
