// Where photos go: rows of nearly equal height, filled to the edge. Pure; typed arrays, because
// a month may have tens of thousands of photos.

export const HEADING = 58;

/** How high rows should be so that a window shows a calm number of photos. */
export function rowHeight(width, height) {
  if (width < 640) {
    return 124;
  }
  return Math.round(Math.min(320, Math.max(180, Math.sqrt((width * height) / 36))));
}

/** Justified rows of a month: left, top, width and height of each photo, below its heading. */
export function justify(aspects, width, target, gap) {
  const count = aspects.length;
  const boxes = {
    left: new Float32Array(count),
    top: new Float32Array(count),
    width: new Float32Array(count),
    height: new Float32Array(count),
    total: HEADING,
  };
  const high = (from, to, sum) => (width - (to - from) * gap) / sum;
  let first = 0;
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    if (index > first) {
      // A wide photo may flatten the row it would end: it begins the next one instead.
      const without = high(first, index - 1, sum);
      if (without * high(first, index, sum + aspects[index]) < target * target) {
        place(boxes, aspects, first, index - 1, without, gap);
        first = index;
        sum = 0;
      }
    }
    sum += aspects[index];
    const filled = high(first, index, sum);
    if (filled > target && index < count - 1) {
      continue;
    }
    place(boxes, aspects, first, index, filled > target * 1.3 ? target : filled, gap);
    first = index + 1;
    sum = 0;
  }
  return boxes;
}

function place(boxes, aspects, first, last, height, gap) {
  let left = 0;
  for (let index = first; index <= last; index += 1) {
    boxes.left[index] = left;
    boxes.top[index] = boxes.total;
    boxes.width[index] = height * aspects[index];
    boxes.height[index] = height;
    left += boxes.width[index] + gap;
  }
  boxes.total += height + gap;
}

/** About how high a month will be, from the sum of its aspects alone. */
export function estimate(aspects, width, target, gap) {
  const rows = Math.max(1, Math.ceil((aspects * target) / Math.max(width, 1)));
  return HEADING + rows * (target + gap);
}

/** The first index whose value is greater than `wanted`, in an ascending array. */
export function after(values, wanted) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
