package io.stylegraph.cli;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** The functions of the C library that Java has no equal for. */
interface CLibrary extends Library {
  /** Not to be touched on Windows. */
  CLibrary INSTANCE = Native.load("c", CLibrary.class);

  int setenv(String name, String value, int overwrite);

  int mallopt(int parameter, int value);

  int isatty(int descriptor);

  int execvp(String file, String[] arguments);
}
