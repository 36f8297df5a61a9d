/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.savepoints;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes values of state types in which every field has something of its own, however deep: no two
 * numbers or texts are equal, none is the default, no array is empty.
 */
final class SampleValues {
  private int last;

  /** Makes a value; fails for a kind of field that no state has had so far. */
  Object of(Class<?> type) throws ReflectiveOperationException {
    if (type.isPrimitive()) {
      return primitive(type);
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[++last % constants.length];
    }
    if (type == String.class) {
      return "text " + ++last;
    }
    if (type.isArray()) {
      Object array = Array.newInstance(type.getComponentType(), 2);
      Array.set(array, 0, of(type.getComponentType()));
      Array.set(array, 1, of(type.getComponentType()));
      return array;
    }
    if (!type.getPackageName().startsWith("io.github.flinkrecsys")) {
      throw new IllegalStateException("no sample of " + type);
    }
    return type.isRecord() ? record(type) : pojo(type);
  }

  private Object primitive(Class<?> type) {
    int number = ++last;
    return switch (type.getName()) {
      case "boolean" -> true;
      case "int" -> number;
      case "long" -> (long) number << 33;
      case "float" -> number + 0.25f;
      case "double" -> number + 0.1;
      default -> throw new IllegalStateException("no sample of " + type);
    };
  }

  private Object record(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = of(types[i]);
    }
    return type.getDeclaredConstructor(types).newInstance(values);
  }

  private Object pojo(Class<?> type) throws ReflectiveOperationException {
    Object value = type.getDeclaredConstructor().newInstance();
    for (Field field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.set(value, of(field.getType()));
      }
    }
    return value;
  }

  /** The components of a record or public fields of an object, by name. */
  static Map<String, Object> fields(Object value) throws ReflectiveOperationException {
    Map<String, Object> fields = new TreeMap<>();
    if (value.getClass().isRecord()) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        fields.put(component.getName(), component.getAccessor().invoke(value));
      }
    } else {
      for (Field field : value.getClass().getFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          fields.put(field.getName(), field.get(value));
        }
      }
    }
    return fields;
  }
}
