package io.voicebus.contract;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Why a file or a folder that a person has named cannot be used, in words for that person: the
 * message of Java's own exceptions is mostly the name once more.
 */
public final class FileTrouble {
  private FileTrouble() {}

  /**
   * Why a file cannot be read, or a folder not be written, as the end of a sentence. Its name is
   * not in it: clients may be told.
   */
  public static String inWords(Path file, IOException problem) {
    if (problem instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (problem instanceof AccessDeniedException) {
      return Files.isReadable(file)
          ? "it may not be written by this user"
          : "it may not be read by this user";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "it is no folder";
    }
    if (problem instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    // The message of the former begins with the name.
    String reason =
        problem instanceof FileSystemException system ? system.getReason() : problem.getMessage();
    if (Files.isDirectory(file) && reason != null && reason.contains("directory")) {
      return "it is a folder";
    }
    return reason == null ? problem.getClass().getSimpleName() : reason;
  }
}
