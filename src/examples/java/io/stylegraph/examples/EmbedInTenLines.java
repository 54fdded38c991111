package io.stylegraph.examples;

import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.Stylizer;
import java.nio.file.Path;

/** The shortest way: takes the model's folder, the two pictures, and the output. */
final class EmbedInTenLines {
  private EmbedInTenLines() {}

  public static void main(String[] args) {
    try (var stylizer = Stylizer.load(Path.of(args[0]))) {
      var content = PictureSource.of(Path.of(args[1]));
      var style = PictureSource.of(Path.of(args[2]));
      var recipe = StyleTransferRequest.of(content, style).recipe().toBuilder().steps(200).build();
      var request = StyleTransferRequest.of(content, style).withSize(384).withRecipe(recipe);
      var result = stylizer.stylize(request);
      result.write(Path.of(args[3]));
      System.out.println(result.stopReason() + " after " + result.steps() + " steps");
    }
  }
}
