package io.stylegraph.service;

import io.stylegraph.Stylizer;
import java.net.URI;
import java.nio.file.Path;
import org.openqa.selenium.Keys;

/**
 * Draws docs/page.png: the page with a result, on a real model; see {@code make page-picture}. The
 * committed one was then reduced to 128 colours.
 */
final class PagePicture {
  private PagePicture() {}

  /** Takes the model's folder, two pictures, the number of steps and the file to write. */
  public static void main(String[] args) throws Exception {
    Path output = Path.of(args[4]).toAbsolutePath();
    Stylizer stylizer = Stylizer.load(Path.of(args[0]));
    try (Service service = Service.start(ServiceSettings.onPort(0), stylizer);
        Browser browser = new Browser(output.getParent(), 1160, 900)) {
      browser.open(URI.create("http://127.0.0.1:" + service.port()));
      browser.awaitReady();
      browser.find("#content").sendKeys(Path.of(args[1]).toAbsolutePath().toString());
      browser.find("#style").sendKeys(Path.of(args[2]).toAbsolutePath().toString());
      browser.find("[name=size][value='384']").sendKeys(Keys.SPACE);
      browser.set("steps", args[3]);
      browser.set("strength", "1");
      browser.set("smooth", "1.9");
      browser.find("#start").click();
      while (browser.find("#progress").isDisplayed()
          || !browser.find("#headline").getText().contains("Done")) {
        Thread.sleep(1000);
      }
      browser.set("slider", "42");
      browser.await("document.getElementById('after').src.endsWith('/result')");
      browser.await("[...document.images].every(it => it.complete)");
      browser.screenshot(output);
    }
  }
}
