/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.savepoints;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassReader;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassWriter;
import org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes;

/** A class as a later version may have it: same name, and a field more. */
final class LaterClass extends ClassLoader {
  /** The field that is added. */
  static final String FIELD = "addedLater";

  private final String name;
  private final byte[] code;

  private LaterClass(String name, byte[] code) {
    super(LaterClass.class.getClassLoader());
    this.name = name;
    this.code = code;
  }

  /** The class with a public {@code long} more. */
  static Class<?> of(Class<?> type) throws Exception {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(in).accept(writer, 0);
      writer.visitField(Opcodes.ACC_PUBLIC, FIELD, "J", null, null).visitEnd();
      return new LaterClass(type.getName(), writer.toByteArray()).loadClass(type.getName());
    }
  }

  /** The class of a source text; for records, whose constructor changes with their components. */
  static Class<?> of(Class<?> type, String source, Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve(type.getSimpleName() + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = System.getProperty("java.class.path");
    int status =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-cp",
            classPath,
            "-d",
            directory.toString(),
            file.toString());
    if (status != 0) {
      throw new IOException("the later class does not compile: " + source);
    }
    byte[] code =
        Files.readAllBytes(directory.resolve(type.getName().replace('.', '/') + ".class"));
    return new LaterClass(type.getName(), code).loadClass(type.getName());
  }

  @Override
  protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
    if (!wanted.equals(name)) {
      return super.loadClass(wanted, resolve);
    }
    Class<?> loaded = findLoadedClass(name);
    return loaded != null ? loaded : defineClass(name, code, 0, code.length);
  }
}
