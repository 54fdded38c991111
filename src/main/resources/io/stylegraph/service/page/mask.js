// The part of the picture that is painted: a mask laid over it, by brush or from a file.

const LONGEST = 1024;
const COLOUR = [224, 0, 122];

export class MaskEditor {
  constructor(onChange, onMistake) {
    this.onChange = onChange;
    this.onMistake = onMistake;
    this.picture = document.getElementById("mask-picture");
    this.canvas = document.getElementById("mask-canvas");
    this.brush = document.getElementById("brush");
    this.eraser = document.getElementById("erase");
    this.input = document.getElementById("mask");
    this.used = false;
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.stroke(event));
    for (const type of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(type, () => this.end());
    }
    this.eraser.addEventListener("click", () => this.showEraser(!this.erasing));
    document.getElementById("mask-clear").addEventListener("click", () => this.clear());
    this.input.addEventListener("change", () => this.input.files.length && this.useFile(this.input.files[0]));
  }

  /** Lays an empty mask over another picture, an img that has loaded. */
  over(preview) {
    this.resize(preview.naturalWidth, preview.naturalHeight);
    const small = document.createElement("canvas");
    Object.assign(small, { width: this.canvas.width, height: this.canvas.height });
    small.getContext("2d").drawImage(preview, 0, 0, small.width, small.height);
    this.picture.src = small.toDataURL("image/jpeg");
    this.clear();
  }

  resize(width, height) {
    const share = Math.min(1, LONGEST / Math.max(width, height));
    this.canvas.width = Math.max(1, Math.round(width * share));
    this.canvas.height = Math.max(1, Math.round(height * share));
  }

  clear() {
    this.canvas.getContext("2d").clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.input.value = "";
    this.showEraser(false);
    this.use(false);
  }

  use(used) {
    this.used = used;
    this.onChange();
  }

  showEraser(erasing) {
    this.erasing = erasing;
    this.eraser.setAttribute("aria-pressed", String(erasing));
  }

  begin(event) {
    if (event.button === 0) {
      event.preventDefault();
      this.canvas.setPointerCapture(event.pointerId);
      this.last = this.point(event);
      this.stroke(event);
    }
  }

  /** Only now, since the words that change with it must not move the picture under the brush. */
  end() {
    if (this.last) {
      this.last = undefined;
      this.use(true);
    }
  }

  stroke(event) {
    if (!this.last) {
      return;
    }
    const next = this.point(event);
    const context = this.canvas.getContext("2d");
    context.globalCompositeOperation = this.erasing ? "destination-out" : "source-over";
    context.strokeStyle = `rgb(${COLOUR})`;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.lineWidth = (Number(this.brush.value) / 100) * Math.max(this.canvas.width, this.canvas.height);
    context.beginPath();
    context.moveTo(this.last.x, this.last.y);
    context.lineTo(next.x, next.y);
    context.stroke();
    context.globalCompositeOperation = "source-over";
    this.last = next;
  }

  /** In pixels of the mask. */
  point(event) {
    const frame = this.canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - frame.left) / frame.width) * this.canvas.width,
      y: ((event.clientY - frame.top) / frame.height) * this.canvas.height,
    };
  }

  /** White of the file is painted, black is not. */
  async useFile(file) {
    let bitmap;
    try {
      bitmap = await createImageBitmap(file);
    } catch {
      this.onMistake("This browser cannot show this mask; save it as PNG.");
      return;
    }
    const { width, height } = this.canvas;
    const context = this.canvas.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    const image = context.getImageData(0, 0, width, height);
    for (let i = 0; i < image.data.length; i += 4) {
      const white = (image.data[i] + image.data[i + 1] + image.data[i + 2]) / 3;
      image.data.set([...COLOUR, white], i);
    }
    context.putImageData(image, 0, 0);
    this.use(true);
  }

  /** PNG, white where it is painted; or the other way round. */
  png(inverted) {
    const { width, height } = this.canvas;
    const flat = document.createElement("canvas");
    Object.assign(flat, { width, height });
    const context = flat.getContext("2d");
    context.drawImage(this.canvas, 0, 0);
    context.globalCompositeOperation = "source-in";
    context.fillStyle = inverted ? "black" : "white";
    context.fillRect(0, 0, width, height);
    context.globalCompositeOperation = "destination-over";
    context.fillStyle = inverted ? "white" : "black";
    context.fillRect(0, 0, width, height);
    return new Promise((resolve) => flat.toBlob(resolve, "image/png"));
  }
}
