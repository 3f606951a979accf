package io.sluice.gateway.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a key may do; a higher role may do all that a lower one may. */
public enum Role {
    /** Looks. */
    VIEWER,
    /** Also asks the services to act. */
    OPERATOR,
    /** Also gives and takes keys. */
    ADMIN;

    /** Names as annotations need them. */
    public static final class Names {
        public static final String VIEWER = "viewer";
        public static final String OPERATOR = "operator";
        public static final String ADMIN = "admin";

        private Names() {}
    }

    /** As it stands in the table and in answers. */
    public String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of this role and of all below it. */
    public Set<String> included() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(Role::roleName)
                .collect(Collectors.toUnmodifiableSet());
    }

    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.roleName().equals(name))
                .findFirst();
    }
}
