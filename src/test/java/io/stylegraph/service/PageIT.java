package io.stylegraph.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stylegraph.RunNotes;
import io.stylegraph.image.Picture;
import io.stylegraph.image.PictureReader;
import io.stylegraph.recipe.ColourKeeping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in Chromium, on the tiny model. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PageIT {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String TOKEN = "a token of enough letters";

  @TempDir private Path folder;
  private Path downloads;
  private TestApi api;
  private Browser browser;

  @BeforeEach
  void start() throws IOException {
    downloads = Files.createDirectory(folder.resolve("downloads"));
    browser = new Browser(downloads, 1280, 900);
  }

  @AfterEach
  void stop() {
    browser.close();
    if (api != null) {
      api.close();
    }
  }

  private void openPage() {
    api = TestApi.start();
    browser.open(api.uri("/"));
    browser.awaitReady();
  }

  private String picture(String name, int width, int height, long seed) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, TestForm.png(width, height, seed));
    return file.toString();
  }

  private void choosePictures() throws IOException {
    browser.find("#content").sendKeys(picture("content.png", 160, 120, 1));
    browser.find("#style").sendKeys(picture("style.png", 120, 160, 2));
  }

  private void steps(int steps) {
    browser.script("Object.assign(document.getElementById('steps'), {min: 1, step: 1})");
    browser.set("steps", Integer.toString(steps));
  }

  @Test
  void the_whole_way_from_upload_to_download() throws IOException {
    openPage();
    browser.screenshot(SCREENSHOTS.resolve("empty.png"));
    choosePictures();
    steps(1000);
    browser.find("#start").click();

    browser.awaitText("#headline", "Painting, step");
    browser.await("document.querySelectorAll('#chart path').length >= 3");
    browser.await("document.getElementById('after').src.includes('/picture?step=')");
    browser.await("document.getElementById('time').textContent.includes('left')");
    browser.await("document.getElementById('live').textContent.includes('Painting')");
    browser.screenshot(SCREENSHOTS.resolve("painting.png"));
    browser.awaitText("#headline", "Done");
    browser.await("document.getElementById('after').src.endsWith('/result')");

    browser.find("#download").click();
    Path file = awaitFile("stylegraph.png");
    Picture result = PictureReader.read(file);
    assertThat(result.width()).isEqualTo(160);
    assertThat(result.height()).isEqualTo(120);
    browser.find("#download-jpg").click();
    assertThat(PictureReader.read(awaitFile("stylegraph.jpg")).width()).isEqualTo(160);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void the_control_fold_paints_a_part_and_the_rest_in_two_styles() throws IOException {
    browser.size(1280, 1800);
    openPage();
    choosePictures();
    steps(20);
    browser.find("#control summary").click();
    assertThat(browser.find("#place-field").isDisplayed()).isFalse();
    browser.find("#style2-slot [data-sample=glass]").click();
    assertThat(browser.find("#share-shown").getText()).isEqualTo("50 : 50");
    browser.await("!document.getElementById('mask-tools').hidden");
    browser.drag("#mask-canvas", 60);
    assertThat(browser.find("#mask-hint").getText()).contains("the second the rest");
    assertThat(browser.find("#share-field").isDisplayed()).isFalse();
    browser.set("balance", "0.8");
    assertThat(browser.find("#balance-shown").getText()).isEqualTo("0.80");
    assertThat(browser.find("#strength").isEnabled()).isFalse();
    browser.find("#colours option[value=after]").click();
    browser.screenshot(SCREENSHOTS.resolve("control.png"), "#control");
    browser.find("#start").click();
    browser.awaitText("#headline", "Done");

    browser.find("#download").click();
    RunNotes notes = RunNotes.read(awaitFile("stylegraph.png"));
    assertThat(notes.colours()).isEqualTo(ColourKeeping.AFTER);
    assertThat(notes.strength()).isEqualTo(OptionalDouble.of(0.8));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_an_uploaded_mask_leaves_out_keeps_the_picture() throws IOException {
    openPage();
    choosePictures();
    steps(20);
    browser.find("#control summary").click();
    browser.find("#style2-slot [data-sample=waves]").click();
    browser.set("share", "30");
    browser.await("!document.getElementById('mask-tools').hidden");
    browser.find("#mask").sendKeys(mask(160, 120, 80));
    browser.await("!document.getElementById('mask-clear').hidden");
    browser.find("#place option[value=mixed]").click();
    browser.set("balance", "0.95");
    browser.find("#start").click();
    browser.awaitText("#headline", "Done");

    browser.find("#download").click();
    float[] result = PictureReader.read(awaitFile("stylegraph.png")).rgb();
    float[] content = PictureReader.read(folder.resolve("content.png")).rgb();
    int changed = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] != result[i]) {
        assertThat(i / 3 % 160).isGreaterThanOrEqualTo(80);
        changed++;
      }
    }
    assertThat(changed).isPositive();

    browser.find("#mask-clear").click();
    browser.find("#style2-remove").click();
    assertThat(browser.find("#share-field").isDisplayed()).isFalse();
    browser.find("#balance-reset").click();
    assertThat(browser.find("#balance-shown").getText()).isEqualTo("as the recipe");
    assertThat(browser.complaints()).isEmpty();
  }

  /** White from a column on. */
  private String mask(int width, int height, int column) throws IOException {
    float[] rgb = new float[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i / 3 % width < column ? 0 : 255;
    }
    Path file = folder.resolve("mask.png");
    Files.write(file, Pictures.png(Picture.of(width, height, rgb)));
    return file.toString();
  }

  @Test
  void the_fine_recipe_says_the_steps_of_all_its_scales() throws IOException {
    openPage();
    browser.find("#recipe option[value=fine]").click();
    steps(100);
    // 128, 181 and 256 pixels.
    browser.awaitText("#steps-shown", "100 at the smallest scale, 180 in all");
    choosePictures();
    browser.awaitText("#steps-shown", "100 at the smallest scale, 100 in all");
    assertThat(browser.find("#recipe-hint").getText()).contains("grows from small to full size");
  }

  private Path awaitFile(String name) {
    Path file = downloads.resolve(name);
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
    return file;
  }

  @Test
  void results_survive_a_reload_and_can_be_painted_over_and_deleted() throws IOException {
    openPage();
    choosePictures();
    steps(5);
    browser.find("#start").click();
    browser.awaitText("#headline", "Done");
    browser.refresh();
    browser.awaitReady();
    assertThat(browser.all("#results button")).hasSize(1);
    browser.find("#results button").click();
    browser.awaitText("#headline", "Done");

    browser.find("#reuse").click();
    browser.awaitText("#content-slot .invite", "An earlier result");
    browser.find("[data-sample=waves]").click();
    browser.find("#start").click();
    browser.await("document.querySelectorAll('#results button').length === 2");
    browser.awaitText("#headline", "Done");
    browser.find("#delete").click();
    browser.await("document.querySelectorAll('#results button').length === 1");
    assertThat(browser.find("#empty").isDisplayed()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_busy_service_shows_the_place_in_the_queue_and_both_can_be_cancelled() throws IOException {
    openPage();
    String running = api.start(TestForm.endless());
    choosePictures();
    steps(1000);
    browser.find("#start").click();
    browser.awaitText("#headline", "Waiting, number 1 in the queue");
    browser.refresh();
    browser.awaitText("#headline", "Waiting, number 1 in the queue");
    api.delete(running);
    browser.awaitText("#headline", "Painting, step");
    browser.find("#cancel").click();
    browser.awaitText("#headline", "Cancelled after");
    assertThat(browser.find("#download").isDisplayed()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_mistake_is_said_beside_its_field() throws IOException {
    openPage();
    browser.find("#start").click();
    assertThat(browser.find("#content-error").getText()).isEqualTo("Choose a picture first.");
    assertThat(browser.script("return document.activeElement.id")).isEqualTo("content");

    Path text = Files.writeString(folder.resolve("cat.png"), "no picture at all");
    browser.find("#content").sendKeys(text.toString());
    browser.find("[data-sample=glass]").click();
    browser.find("#start").click();
    browser.awaitText("#content-error", "is not a picture of a known format");
    browser.find("[data-sample=balloons]").click();
    assertThat(browser.find("#content-error").isDisplayed()).isFalse();

    browser.find("#more summary").click();
    browser.find("#seed").sendKeys("seven");
    browser.find("#start").click();
    browser.awaitText("#seed-error", "seed (seven) must be a whole number");
    assertThat(browser.find("#seed").getAttribute("aria-invalid")).isEqualTo("true");
    assertThat(browser.complaints()).allMatch(it -> it.contains("415") || it.contains("400"));
  }

  @Test
  void everything_can_be_done_by_keyboard() {
    openPage();
    steps(5);
    browser.tabTo("#content");
    assertThat(
            browser.script(
                "return getComputedStyle(document.querySelector('#content-slot .drop')).outlineStyle"))
        .isEqualTo("solid");
    browser.tabTo("[data-sample=lighthouse]");
    browser.press(Keys.SPACE);
    browser.tabTo("[data-sample=swirls]");
    browser.press(Keys.ENTER);
    browser.tabTo("#recipe");
    browser.tabTo("[name=size]");
    browser.press(Keys.ARROW_LEFT);
    browser.tabTo("#strength");
    browser.press(Keys.ARROW_RIGHT);
    browser.awaitText("#strength-shown", "1.3");
    browser.tabTo("#start");
    browser.press(Keys.ENTER);
    browser.awaitText("#headline", "Done");

    assertThat(browser.script("return document.activeElement.id")).isEqualTo("stage");
    browser.tabTo("#slider");
    browser.press(Keys.END);
    browser.await(
        "document.getElementById('compare').style.getPropertyValue('--shown') === '100%'");
    browser.press(Keys.HOME);
    browser.press(Keys.PAGE_UP);
    browser.await(
        "document.getElementById('slider').getAttribute('aria-valuetext') === '10 per cent before'");
    browser.tabTo("#download");
    browser.tabTo("#results button");
    browser.press(Keys.ENTER);
    browser.awaitText("#headline", "Done");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_phone_shows_it_all_without_scrolling_sideways() throws IOException {
    browser.size(360, 740);
    openPage();
    assertThat(overflow()).isZero();
    browser.screenshot(SCREENSHOTS.resolve("phone.png"));
    browser.find("#control summary").click();
    browser.find("[data-sample=balloons]").click();
    browser.find("[data-sample=swirls]").click();
    steps(5);
    browser.find("#start").click();
    browser.awaitText("#headline", "Done");
    browser.screenshot(SCREENSHOTS.resolve("phone-done.png"));
    browser.screenshot(SCREENSHOTS.resolve("phone-control.png"), "#control");
    assertThat(overflow()).isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  private long overflow() {
    return (Long) browser.script("return document.documentElement.scrollWidth - innerWidth");
  }

  @Test
  void the_dark_page_has_a_dark_ground() throws IOException {
    browser.dark();
    openPage();
    browser.screenshot(SCREENSHOTS.resolve("dark.png"));
    assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(23, 20, 17)");
  }

  @Test
  void a_token_is_asked_for_once() {
    api = TestApi.start(settings -> settings.token = Optional.of(TOKEN));
    browser.open(api.uri("/"));
    browser.await("document.getElementById('sign-in').open");
    browser.find("#token").sendKeys("not the token, surely");
    browser.press(Keys.ENTER);
    browser.awaitText("#token-error", "This is not the token.");
    browser.find("#token").clear();
    browser.find("#token").sendKeys(TOKEN);
    browser.press(Keys.ENTER);
    browser.awaitReady();
    assertThat(browser.script("return document.cookie")).isEqualTo("");

    browser.find("[data-sample=balloons]").click();
    browser.find("[data-sample=waves]").click();
    steps(3);
    browser.find("#start").click();
    browser.awaitText("#headline", "Done");
    browser.await("document.getElementById('after').naturalWidth > 0");
    browser.refresh();
    browser.awaitReady();
    assertThat(browser.all("#results button")).hasSize(1);
    assertThat(browser.complaints()).allMatch(it -> it.contains("401"));
  }
}
