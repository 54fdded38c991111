// What is painted: follows one job by its events and shows it.

import * as api from "./api.js";
import { draw } from "./chart.js";

const $ = (id) => document.getElementById(id);
const ENDED = ["done", "failed", "cancelled", "expired"];
const MILLIS_BETWEEN_WORDS = 5000;
const MILLIS_UNTIL_RETRY = 3000;
const WORDS_OF_REASON = {
  converged: "The optimiser found nothing better after that.",
  deadline: "It came to the service's time limit; this is the best picture until then.",
};

export const hasEnded = (status) => ENDED.includes(status.state);

function span(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${(whole / 3600).toFixed(1)} h`;
}

export class Stage {
  constructor({ onEnd, onReuse, onDelete }) {
    this.onEnd = onEnd;
    $("slider").addEventListener("input", () => this.showShare());
    $("cancel").addEventListener("click", () => this.cancel());
    $("reuse").addEventListener("click", () => onReuse(this.id));
    $("delete").addEventListener("click", () => onDelete(this.id));
    new ResizeObserver(() => this.redraw()).observe($("chart"));
    $("before").addEventListener("load", () => this.fitFrame());
  }

  /** Shows a job from now on. */
  open(status) {
    this.close();
    this.id = status.id;
    this.points = [];
    this.spoken = 0;
    this.steps = status.steps;
    $("empty").hidden = true;
    $("work").hidden = false;
    $("slider").value = 0;
    this.showShare();
    $("before").src = api.jobUrl(status.id, "/content");
    $("after").src = api.jobUrl(status.id, status.result ? "/result" : "/content");
    this.show(status);
    this.follow();
    this.redraw();
  }

  close() {
    this.source?.close();
    clearTimeout(this.retry);
    this.id = undefined;
  }

  clear() {
    this.close();
    $("work").hidden = true;
    $("empty").hidden = false;
  }

  follow() {
    const id = this.id;
    const source = new EventSource(api.jobUrl(id, "/events"));
    this.source = source;
    const on = (name, use) =>
      source.addEventListener(name, (event) => this.id === id && use(JSON.parse(event.data)));
    on("state", (status) => this.show(status));
    on("losses", (points) => this.addPoints(points));
    on("picture", (picture) => this.showPicture(picture.url));
    on("end", (status) => {
      source.close();
      this.end(status);
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED && this.id === id) {
        this.retry = setTimeout(() => this.resume(id), MILLIS_UNTIL_RETRY);
      }
    };
  }

  /** After the stream was refused: asks where the job stands, and follows it again. */
  async resume(id) {
    try {
      const status = await api.job(id);
      if (this.id !== id) {
        return;
      }
      this.points = [];
      this.show(status);
      this.follow();
    } catch (error) {
      this.showError(error.message);
      if (error.status === 0 && this.id === id) {
        this.retry = setTimeout(() => this.resume(id), MILLIS_UNTIL_RETRY);
      }
    }
  }

  addPoints(points) {
    const last = this.points.at(-1)?.step ?? 0;
    this.points.push(...points.filter((it) => it.step > last));
    this.redraw();
  }

  redraw() {
    if (this.id) {
      draw($("chart"), this.points, this.steps);
    }
  }

  async showPicture(url) {
    const id = this.id;
    const next = new Image();
    next.src = url;
    try {
      await next.decode();
    } catch {
      return; // The run ended meanwhile; the result follows.
    }
    if (this.id === id && !this.ended) {
      $("after").src = url;
    }
  }

  show(status) {
    this.ended = hasEnded(status);
    $("headline").textContent = this.headline(status);
    $("time").textContent = this.time(status);
    $("progress").value = status.step / status.steps;
    $("progress").hidden = status.state === "queued" || this.ended;
    $("note").textContent = this.note(status);
    $("cancel").hidden = this.ended;
    $("cancel").disabled = false;
    for (const action of ["download", "download-jpg", "reuse"]) {
      $(action).hidden = !status.result;
    }
    $("delete").hidden = !this.ended;
    $("download").href = api.jobUrl(status.id, "/result");
    $("download-jpg").href = api.jobUrl(status.id, "/result?format=jpg");
    this.showError(status.error);
    this.speak(status);
  }

  end(status) {
    this.show(status);
    if (status.result) {
      $("after").src = api.jobUrl(status.id, "/result");
      $("after").alt = "The painted picture";
    }
    this.onEnd(status);
  }

  headline(status) {
    switch (status.state) {
      case "queued":
        return status.position ? `Waiting, number ${status.position} in the queue` : "Waiting";
      case "running":
        return status.step ? `Painting, step ${status.step} of ${status.steps}` : "Preparing";
      case "done":
        return "Done";
      case "cancelled":
        return status.step ? `Cancelled after ${status.step} steps` : "Cancelled before the first step";
      case "expired":
        return "No longer kept";
      default:
        return "It failed";
    }
  }

  time(status) {
    if (status.state === "running" && status.secondsLeft !== undefined) {
      return `about ${span(status.secondsLeft)} left`;
    }
    return this.ended && status.seconds ? `${status.step} steps in ${span(status.seconds)}` : "";
  }

  note(status) {
    if (status.state === "queued") {
      return "Another picture is being painted. You may close this page: it goes on without you.";
    }
    if (status.state === "cancelled" && status.result) {
      return "The best picture until then is kept.";
    }
    if (status.state === "expired") {
      return "The service keeps pictures for a while only. Start it again if you want it.";
    }
    return WORDS_OF_REASON[status.stopReason] ?? `${status.recipe} at ${status.size} pixels`;
  }

  /** For those who listen: not every step. */
  speak(status) {
    const now = Date.now();
    if (this.ended || status.state !== this.spokenState || now - this.spoken > MILLIS_BETWEEN_WORDS) {
      this.spoken = now;
      this.spokenState = status.state;
      $("live").textContent = `${this.headline(status)}. ${this.time(status)}`;
    }
  }

  showError(message) {
    $("job-error").hidden = !message;
    $("job-error").textContent = message ?? "";
  }

  showShare() {
    const share = Number($("slider").value);
    $("compare").style.setProperty("--shown", `${share}%`);
    $("compare").classList.toggle("all-after", share < 1);
    $("compare").classList.toggle("all-before", share > 99);
    $("slider").setAttribute("aria-valuetext", `${share} per cent before`);
  }

  /** The frame has the picture's own shape, whatever a smaller scale's picture is rounded to. */
  fitFrame() {
    const { naturalWidth, naturalHeight } = $("before");
    $("compare").style.aspectRatio = `${naturalWidth} / ${naturalHeight}`;
    $("compare").style.maxWidth = `calc(58vh * ${naturalWidth / naturalHeight})`;
  }

  async cancel() {
    $("cancel").disabled = true;
    try {
      await api.remove(this.id);
    } catch (error) {
      this.showError(error.message);
      $("cancel").disabled = false;
    }
  }
}
