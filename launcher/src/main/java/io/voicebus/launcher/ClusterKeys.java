package io.voicebus.launcher;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cluster's own certificate authority, and its nodes' keys, made with the JDK's keytool. A node's
 * folder lets its holder join the cluster; the authority's folder lets its holder make nodes.
 */
final class ClusterKeys {
  private static final String AUTHORITY = "authority";
  private static final String AUTHORITY_STORE = "authority.p12";
  private static final String AUTHORITY_CERTIFICATE = "authority.pem";

  /** A node that starts waits for three of these processes: so each takes half the time. */
  private static final List<String> QUICK =
      List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");

  private final Path root;
  private final int days;

  /**
   * The keys in a folder.
   *
   * @param days how long what is made is valid
   */
  ClusterKeys(Path root, int days) {
    this.root = root;
    this.days = days;
  }

  private Path authority() {
    return root.resolve(AUTHORITY);
  }

  /** Makes the authority, unless it is there: all nodes of a cluster come from the same one. */
  void makeAuthority() throws IOException, InterruptedException {
    Path folder = authority();
    if (Files.exists(folder.resolve(AUTHORITY_STORE))) {
      return;
    }
    begin(folder);
    keytool(
        folder,
        List.of("-genkeypair", "-alias", "authority", "-dname", "CN=Voicebus cluster"),
        key(),
        List.of("-ext", "bc:critical=ca:true,pathlen:0", "-ext", "ku:critical=keyCertSign,cRLSign"),
        store(folder.resolve(AUTHORITY_STORE)));
    keytool(
        folder,
        List.of("-exportcert", "-rfc", "-alias", "authority"),
        List.of("-file", folder.resolve(AUTHORITY_CERTIFICATE).toString()),
        store(folder.resolve(AUTHORITY_STORE)));
    end(folder);
  }

  /**
   * Makes a node's folder.
   *
   * @param name of letters, digits, dots and dashes
   * @return the folder
   * @throws IllegalArgumentException when it is there, or the name is not one
   */
  Path makeNode(String name) throws IOException, InterruptedException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]*") || name.equals(AUTHORITY)) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a node: use letters, digits, dots and dashes");
    }
    Path folder = root.resolve(name);
    if (Files.exists(folder)) {
      throw new IllegalArgumentException(
          folder + " exists: keys are not replaced; remove it first, or choose another name");
    }
    begin(folder);
    Path certificate = authority().resolve(AUTHORITY_CERTIFICATE);
    Path request = folder.resolve("node.csr");
    Path signed = folder.resolve("node.pem");
    List<String> own = store(folder.resolve(NodeKeys.KEY_STORE));
    keytool(folder, List.of("-genkeypair", "-alias", "node", "-dname", "CN=" + name), key(), own);
    keytool(folder, List.of("-certreq", "-alias", "node", "-file", request.toString()), own);
    keytool(
        authority(),
        List.of("-gencert", "-rfc", "-alias", "authority", "-validity", Integer.toString(days)),
        List.of("-ext", "ku:critical=digitalSignature", "-ext", "eku=serverAuth,clientAuth"),
        List.of("-ext", "san=dns:" + name),
        List.of("-infile", request.toString(), "-outfile", signed.toString()),
        store(authority().resolve(AUTHORITY_STORE)));
    // The certificate and the one it was signed with: the reply's whole chain.
    Files.writeString(signed, Files.readString(certificate), StandardOpenOption.APPEND);
    keytool(
        folder,
        List.of("-importcert", "-noprompt", "-alias", "node", "-file", signed.toString()),
        own);
    keytool(
        folder,
        List.of("-importcert", "-noprompt", "-alias", "authority"),
        List.of("-file", certificate.toString()),
        store(folder.resolve(NodeKeys.TRUST_STORE)));
    Files.delete(request);
    Files.delete(signed);
    end(folder);
    return folder;
  }

  /**
   * Makes a folder that all nodes share, without an authority: they trust its own certificate and
   * no other.
   *
   * @return the folder
   */
  Path makeOwn(String name) throws IOException, InterruptedException {
    Path folder = root.resolve(name);
    begin(folder);
    Path certificate = folder.resolve("node.pem");
    List<String> own = store(folder.resolve(NodeKeys.KEY_STORE));
    keytool(
        folder,
        List.of("-genkeypair", "-alias", "node", "-dname", "CN=Voicebus on this machine"),
        key(),
        List.of("-ext", "ku:critical=digitalSignature", "-ext", "eku=serverAuth,clientAuth"),
        own);
    keytool(
        folder,
        List.of("-exportcert", "-rfc", "-alias", "node", "-file", certificate.toString()),
        own);
    keytool(
        folder,
        List.of("-importcert", "-noprompt", "-alias", "node", "-file", certificate.toString()),
        store(folder.resolve(NodeKeys.TRUST_STORE)));
    Files.delete(certificate);
    end(folder);
    return folder;
  }

  private static void begin(Path folder) throws IOException {
    Files.createDirectories(folder);
    onlyForOwner(folder, "rwx------");
    Path password = Files.createFile(folder.resolve(NodeKeys.PASSWORD));
    onlyForOwner(password, "rw-------");
    Files.writeString(password, new BigInteger(160, new SecureRandom()).toString(36));
  }

  /** The files, too: a folder is copied, and then its own permissions may be others. */
  private static void end(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        onlyForOwner(file, "rw-------");
      }
    }
  }

  /** Where there are no such permissions, as on Windows, the folder's own list of access counts. */
  private static void onlyForOwner(Path path, String permissions) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }

  private List<String> key() {
    return List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", Integer.toString(days));
  }

  private static List<String> store(Path file) {
    return List.of("-storetype", "PKCS12", "-keystore", file.toString());
  }

  /** Runs keytool with the folder's password, which goes by its file: commands can be listed. */
  @SafeVarargs
  private static void keytool(Path folder, List<String>... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(QUICK);
    for (List<String> some : arguments) {
      command.addAll(some);
    }
    command.addAll(List.of("-storepass:file", folder.resolve(NodeKeys.PASSWORD).toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + said.trim());
    }
  }
}
