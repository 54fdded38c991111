package io.stylegraph.service;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a screen, on one page. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ChromeDriver driver;

  /** Downloads go to {@code downloads}. */
  Browser(Path downloads, int width, int height) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium", "chromium-browser", "google-chrome").toFile());
    // Containers have neither user namespaces nor a large /dev/shm.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("chromedriver").toFile())
            .withSilent(true)
            .build();
    driver = new ChromeDriver(service, options);
    size(width, height);
  }

  private static Path program(String... names) {
    List<String> folders = Arrays.asList(System.getenv("PATH").split(File.pathSeparator));
    return Stream.of(names)
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "the page is tested in Chromium, and %s is not on the PATH; on Debian: apt-get install chromium chromium-driver"
                        .formatted(names[0])));
  }

  /** The page's own size in CSS pixels, whatever the window's least. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  void dark() {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
  }

  void open(URI page) {
    driver.get(page.toString());
  }

  void awaitReady() {
    await("document.body.dataset.ready === 'true'");
    await("[...document.images].every(it => it.complete)");
  }

  /** Waits until a script's condition is true. */
  void await(String condition) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(condition)
        .until(
            it -> Boolean.TRUE.equals(driver.executeScript("return Boolean(" + condition + ")")));
  }

  Object script(String code) {
    return driver.executeScript(code);
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  void awaitText(String selector, String text) {
    await("document.querySelector('%s').textContent.includes('%s')".formatted(selector, text));
  }

  void press(Keys... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void refresh() {
    driver.navigate().refresh();
  }

  /** Moves a range as far as a person would by hand. */
  void set(String id, String value) {
    script(
        "const s = document.getElementById('%s'); s.value = %s; s.dispatchEvent(new Event('input'))"
            .formatted(id, value));
  }

  /** Goes on with Tab until the element has the focus. */
  void tabTo(String selector) {
    for (int i = 0; i < 60; i++) {
      press(Keys.TAB);
      if (Boolean.TRUE.equals(
          script("return document.activeElement.matches('%s')".formatted(selector)))) {
        return;
      }
    }
    throw new AssertionError("Tab never comes to " + selector);
  }

  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** A picture of one element, even where it is taller than the window. */
  void screenshot(Path file, String selector) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, find(selector).getScreenshotAs(OutputType.BYTES));
  }

  /** Draws a line to the right, from the middle of an element. */
  void drag(String selector, int pixels) {
    new Actions(driver).dragAndDropBy(find(selector), pixels, 0).perform();
  }

  /** The console's warnings and errors since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(it -> it.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
