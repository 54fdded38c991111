// A place for a picture: a file that is chosen or dropped, or a sample.

export class PictureSlot {
  /** `onChange` hears of another choice, and again when it shows or cannot be shown. */
  constructor(role, kind, onChange) {
    this.role = role;
    this.kind = kind;
    this.onChange = onChange;
    this.root = document.getElementById(`${role}-slot`);
    this.input = document.getElementById(role);
    this.drop = this.root.querySelector(".drop");
    this.preview = this.root.querySelector(".preview");
    this.invitation = this.root.querySelector(".invite b").textContent;
    this.input.addEventListener("change", () => {
      if (this.input.files.length) {
        this.useFile(this.input.files[0], this.input.files[0].name);
      }
    });
    for (const type of ["dragover", "dragleave", "drop"]) {
      this.root.addEventListener(type, (event) => this.onDrag(event));
    }
  }

  onDrag(event) {
    event.preventDefault();
    this.drop.classList.toggle("over", event.type === "dragover");
    const file = event.type === "drop" && event.dataTransfer.files[0];
    if (file) {
      this.useFile(file, file.name);
    }
  }

  showSamples(samples) {
    const mine = samples.filter((it) => it.role === this.kind);
    this.root.querySelector(".samples").replaceChildren(...mine.map((it) => this.sampleButton(it)));
  }

  sampleButton(sample) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.sample = sample.name;
    button.title = sample.title;
    button.setAttribute("aria-pressed", "false");
    const image = document.createElement("img");
    image.src = sample.url;
    image.alt = sample.title;
    button.append(image);
    button.addEventListener("click", () => this.useSample(sample));
    return button;
  }

  useSample(sample) {
    this.input.value = "";
    this.choose({ sample: sample.name }, sample.url, `Sample: ${sample.title}`);
  }

  useFile(file, name) {
    this.choose({ file }, URL.createObjectURL(file), name);
  }

  choose(choice, url, words) {
    this.choice = choice;
    this.shown = false;
    this.preview.onload = () => {
      this.shown = true;
      if (choice.file) {
        URL.revokeObjectURL(url);
      }
      this.onChange(this.role);
    };
    // A format that the browser cannot show may still be one that the service reads.
    this.preview.onerror = () => (this.preview.hidden = true);
    this.preview.src = url;
    this.preview.alt = words;
    this.preview.hidden = false;
    this.drop.classList.add("full");
    this.root.querySelector(".invite b").textContent = words;
    this.pressSample(choice.sample);
    this.onChange(this.role);
  }

  clear() {
    this.input.value = "";
    this.choice = undefined;
    this.shown = false;
    this.preview.hidden = true;
    this.drop.classList.remove("full");
    this.root.querySelector(".invite b").textContent = this.invitation;
    this.pressSample("");
    this.onChange(this.role);
  }

  pressSample(name) {
    for (const button of this.root.querySelectorAll("[data-sample]")) {
      button.setAttribute("aria-pressed", String(button.dataset.sample === name));
    }
  }

  /** Of the picture in pixels, if it shows. */
  get longerSide() {
    return this.shown ? Math.max(this.preview.naturalWidth, this.preview.naturalHeight) : undefined;
  }

  addTo(form) {
    if (this.choice?.file) {
      form.append(this.role, this.choice.file, this.role);
    } else if (this.choice) {
      form.append(`${this.role}Sample`, this.choice.sample);
    }
  }
}
