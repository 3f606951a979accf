package io.sluice.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {

    @TempDir
    Path dir;

    @Test
    void a_remembered_library_stays_although_its_folder_is_away() throws IOException {
        StackFolder folder = new StackFolder(dir.resolve("state"));
        folder.prepare();
        Path pictures = Files.createDirectories(dir.resolve("pictures"));
        Libraries first = new Libraries(folder);
        first.add("home", pictures);
        first.keep();
        Files.delete(pictures);

        assertThat(new Libraries(folder).all()).containsEntry("home", new LibraryRoot(pictures, false));
    }

    @Test
    void a_handover_mount_is_remembered_as_one() throws IOException {
        StackFolder folder = new StackFolder(dir.resolve("state"));
        folder.prepare();
        Path mount = Files.createDirectories(dir.resolve("handover:mount"));
        Libraries first = new Libraries(folder);
        first.addHandover("sync", mount);
        first.keep();

        assertThat(new Libraries(folder).all()).containsEntry("sync", new LibraryRoot(mount, true));
    }

    @Test
    void wrong_libraries_are_refused_with_the_cure() throws IOException {
        StackFolder folder = new StackFolder(dir.resolve("home/state"));
        folder.prepare();
        Libraries libraries = new Libraries(folder);

        assertThatThrownBy(() -> libraries.add("no/slash", dir)).hasMessageContaining("letters, digits");
        assertThatThrownBy(() -> libraries.add("gone", dir.resolve("gone"))).hasMessageContaining("is not there");
        assertThatThrownBy(() -> libraries.addHandover("gone", dir.resolve("gone")))
                .hasMessageContaining("is not there")
                .hasMessageContaining("--handover DIR");
        assertThatThrownBy(() -> libraries.add("home", dir.resolve("home")))
                .hasMessageContaining("its own thumbnails")
                .hasMessageContaining("--data");
    }
}
