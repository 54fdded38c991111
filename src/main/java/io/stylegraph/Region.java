package io.stylegraph;

import static com.google.common.base.Strings.isNullOrEmpty;

import io.stylegraph.error.InvalidSettingException;

/**
 * A part of the content picture that is painted in styles of its own.
 *
 * @param name what styles and messages call it
 * @param mask white is inside, black outside, grey in part; resized to the content's size
 */
public record Region(String name, PictureSource mask) {
  public Region {
    if (isNullOrEmpty(name)) {
      throw new InvalidSettingException("region", "region () must have a name");
    }
  }
}
