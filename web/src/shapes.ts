// Shapes of nodes as in kg/render/style.py: a filled dot, a ring, a square, a diamond. One program draws them all in one pass: without
// a graphics card every further pass costs as much as a thousand nodes.
import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import type { EdgeMark, NodeMark } from "./model";

const SHAPES = ["dot", "ring", "square", "diamond"] as const;
export type Shape = (typeof SHAPES)[number];

const VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec4 a_color;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec2 v_at;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;
varying float v_chosen;
void main() {
  v_chosen = step(4.0, a_shape);
  v_shape = a_shape - 4.0 * v_chosen;
  v_pixel = u_sizeRatio / a_size;
  v_at = a_corner * (1.25 + v_pixel * (1.0 + 4.0 * v_chosen));
  v_color = vec4(a_color.rgb, a_color.a * 255.0 / 254.0);
  gl_Position = vec4((u_matrix * vec3(a_position + v_at * a_size * u_correctionRatio / u_sizeRatio * 2.0, 1)).xy, 0, 1);
}`;

/** v_at and distances are in radii of the node; v_pixel is one pixel of the screen in them. */
const FRAGMENT = /* glsl */ `
precision mediump float;
varying vec2 v_at;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;
varying float v_chosen;
void main() {
  vec2 a = abs(v_at);
  float round = length(v_at) - 1.0;
  float far = v_shape < 1.5 ? round : v_shape < 2.5 ? max(a.x, a.y) - 0.9 : (a.x + a.y - 1.25) * 0.7071;
  vec4 color = v_color;
  if (v_shape > 0.5 && v_shape < 1.5) color = mix(vec4(1.0), color, smoothstep(-v_pixel, v_pixel, round + max(0.32, 1.6 * v_pixel)));
  vec4 outline = mix(vec4(1.0), vec4(0.1, 0.12, 0.15, 1.0), step(1.8 * v_pixel, far));
  if (v_chosen > 0.5) { color = mix(color, outline, smoothstep(0.0, v_pixel, far)); far -= 4.0 * v_pixel; }
  gl_FragColor = color * (1.0 - smoothstep(-0.5 * v_pixel, 0.5 * v_pixel, far));
}`;

const UNIFORMS = ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const;

/** All shapes; a chosen node has an outline. The buffer for picking is left out: picture.ts finds what is under the pointer by places. */
export class MarkProgram extends NodeProgram<(typeof UNIFORMS)[number], NodeMark, EdgeMark> {
  constructor(...[gl, , renderer]: ConstructorParameters<typeof NodeProgram<(typeof UNIFORMS)[number], NodeMark, EdgeMark>>) {
    super(gl, null, renderer);
  }

  override getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
    return {
      VERTICES: 6, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, METHOD: TRIANGLES, UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT }, { name: "a_size", size: 1, type: FLOAT }, { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [-1, 1], [-1, 1], [1, -1], [1, 1]],
    };
  }

  override processVisibleItem(_index: number, start: number, data: NodeDisplayData & { shape?: Shape; chosen?: boolean }): void {
    const shape = SHAPES.indexOf(data.shape ?? "dot") + (data.chosen ? SHAPES.length : 0);
    this.array.set([data.x, data.y, data.size, shape, floatColor(data.color)], start);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniform1f(uniformLocations.u_sizeRatio!, params.sizeRatio);
    gl.uniform1f(uniformLocations.u_correctionRatio!, params.correctionRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix!, false, params.matrix);
  }
}
