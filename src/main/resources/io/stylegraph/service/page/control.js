// The fold for more control: a second style, the painted part, the balance, the colours.

import { MaskEditor } from "./mask.js";
import { PictureSlot } from "./pictures.js";

const $ = (id) => document.getElementById(id);

export class Control {
  /** `clearError` takes a field; `onMistake` a field and words; `onBalance` hears of the balance. */
  constructor({ clearError, onMistake, onBalance }) {
    this.onBalance = onBalance;
    this.second = new PictureSlot("style2", "style", (role) => {
      clearError(role);
      this.show();
    });
    this.mask = new MaskEditor(
      () => {
        clearError("mask");
        this.show();
      },
      (words) => onMistake("mask", words),
    );
    $("style2-remove").addEventListener("click", () => {
      this.second.clear();
      $("style2").focus();
    });
    $("share").addEventListener("input", () => this.showShare());
    $("place").addEventListener("change", () => this.show());
    $("balance").addEventListener("input", () => this.setBalance(true));
    $("balance-reset").addEventListener("click", () => {
      this.setBalance(false);
      $("balance").focus();
    });
    this.setBalance(false);
    this.showShare();
  }

  /** Another picture is to be painted; its preview shows, or cannot be shown. */
  pictureChanged(slot) {
    $("mask-tools").hidden = !slot.shown;
    if (slot.shown) {
      this.mask.over(slot.preview);
    } else {
      this.mask.clear();
    }
  }

  get paintsRest() {
    return Boolean(this.second.choice) && this.mask.used && $("place").value === "rest";
  }

  show() {
    const second = Boolean(this.second.choice);
    $("style2-remove").hidden = !second;
    $("place-field").hidden = !(second && this.mask.used);
    $("share-field").hidden = !second || this.paintsRest;
    $("mask-clear").hidden = !this.mask.used;
    $("mask-hint").textContent = this.maskWords();
  }

  maskWords() {
    if ($("mask-tools").hidden) {
      return "Choose a picture first, one that this browser can show.";
    }
    if (!this.mask.used) {
      return "The whole picture. Paint over a part of it, or upload a mask (white is painted).";
    }
    return this.paintsRest
      ? "The first style paints what is coloured, the second the rest."
      : "What is coloured; the rest stays as it is.";
  }

  showShare() {
    const share = Number($("share").value);
    $("share-shown").textContent = `${100 - share} : ${share}`;
    $("share").setAttribute("aria-valuetext", `${100 - share} per cent the first, ${share} the second`);
  }

  setBalance(chosen) {
    this.balanceChosen = chosen;
    if (!chosen) {
      $("balance").value = 0.5;
    }
    const words = chosen ? Number($("balance").value).toFixed(2) : "as the recipe";
    $("balance-shown").textContent = words;
    $("balance").setAttribute("aria-valuetext", words);
    $("balance-reset").hidden = !chosen;
    this.onBalance(chosen);
  }

  async addTo(form) {
    form.append("colours", $("colours").value);
    if (this.balanceChosen) {
      form.append("strength", $("balance").value);
    }
    if (this.mask.used) {
      form.append("mask", await this.mask.png(false), "mask");
    }
    if (this.second.choice) {
      this.second.addTo(form);
      await this.placeSecond(form);
    }
  }

  async placeSecond(form) {
    if (this.paintsRest) {
      form.append("maskName", "painted");
      form.append("mask2", await this.mask.png(true), "mask2");
      form.append("mask2Name", "rest");
      form.append("style1.region", "painted");
      form.append("style2.region", "rest");
    } else {
      form.append("style1.weight", (100 - $("share").value) / 100);
      form.append("style2.weight", $("share").value / 100);
    }
  }
}
