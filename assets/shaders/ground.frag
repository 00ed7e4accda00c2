// The colour of the ground, of a line or of a tint.

precision highp float;

in vec4 blended;
out vec4 painted;

void main() {
    painted = blended;
}
