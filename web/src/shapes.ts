// Shapes of nodes as in kg/render/style.py: a filled dot, a ring, a square, a diamond.
import { NodeSquareProgram } from "@sigma/node-square";
import { createNodeCompoundProgram, NodeCircleProgram } from "sigma/rendering";
import type { NodeDisplayData } from "sigma/types";
import type { EdgeMark, NodeMark } from "./model";

class Inside extends NodeCircleProgram<NodeMark, EdgeMark> {
  override processVisibleItem(index: number, start: number, data: NodeDisplayData): void {
    super.processVisibleItem(index, start, { ...data, size: data.size * 0.68, color: "#ffffff" });
  }
}

class Diamond extends NodeSquareProgram<NodeMark, EdgeMark> {
  override getDefinition() {
    const square = super.getDefinition();
    return { ...square, CONSTANT_DATA: square.CONSTANT_DATA.map(([angle]) => [angle! - Math.PI / 4]) };
  }
}

export const shapes = {
  dot: NodeCircleProgram<NodeMark, EdgeMark>,
  ring: createNodeCompoundProgram<NodeMark, EdgeMark>([NodeCircleProgram, Inside]),
  square: NodeSquareProgram<NodeMark, EdgeMark>,
  diamond: Diamond,
};
