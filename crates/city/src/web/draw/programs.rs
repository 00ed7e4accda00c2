//! How each kind of thing is drawn: its shaders, and how it covers what lies behind.

use std::cell::OnceCell;

use web_sys::{WebGl2RenderingContext as Gl, WebGlProgram, WebGlShader, WebGlUniformLocation};

const SCENE: &str = include_str!("../../../../../assets/shaders/scene.glsl");
const PIECE: &str = include_str!("../../../../../assets/shaders/piece.glsl");
const PACKED: &str = include_str!("../../../../../assets/shaders/packed.glsl");
const BUILDING: [&str; 2] = [
    include_str!("../../../../../assets/shaders/building.vert"),
    include_str!("../../../../../assets/shaders/building.frag"),
];
const GROUND: [&str; 2] = [
    include_str!("../../../../../assets/shaders/ground.vert"),
    include_str!("../../../../../assets/shaders/ground.frag"),
];
/// What a fragment shader says first.
const PRECISE: &str = "precision highp float;\nprecision highp int;\n";
const STILL: [&str; 2] = [
    include_str!("../../../../../assets/shaders/still.vert"),
    include_str!("../../../../../assets/shaders/still.frag"),
];

/// What the shaders of all looks know, by the number of its uniform block.
pub const VIEW: u32 = 0;
pub const COLOURS: u32 = 1;
/// The textures they take, by the number of their unit; the table of colours is the first.
const TEXTURES: [(&str, i32); 3] = [("table", 0), ("kept", 1), ("depths", 2)];
const BLOCKS: [(&str, u32); 2] = [("View", VIEW), ("Colours", COLOURS)];

/// How something looks, in the order in which it is drawn: what is high comes first, for what it hides need not be drawn, and
/// what is seen through comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Panden with the patterns of their roofs.
    Near,
    /// Panden from further than patterns are seen.
    Far,
    /// The edges of roofs.
    Edge,
    /// Lines over the ground that are no layer of the map.
    Line,
    Ground,
    /// A tint, through which the ground is seen.
    Tint,
}

impl Look {
    pub const ALL: [Self; 6] = [Self::Near, Self::Far, Self::Edge, Self::Line, Self::Ground, Self::Tint];

    /// Its shaders, and the name they know it by.
    const fn sources(self) -> ([&'static str; 2], &'static str) {
        match self {
            Self::Near => (BUILDING, "NEAR"),
            Self::Far => (BUILDING, "FAR"),
            Self::Edge => (BUILDING, "EDGE"),
            Self::Line => (GROUND, "LINE"),
            Self::Ground => (GROUND, "GROUND"),
            Self::Tint => (GROUND, "TINT"),
        }
    }

    /// What is drawn of three corners, or of two.
    pub const fn shape(self) -> u32 {
        if matches!(self, Self::Edge) { Gl::LINES } else { Gl::TRIANGLES }
    }
}

/// What a program is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// The colours of pieces with this look.
    Colour(Look),
    /// What those colours are made of, for a picture that is kept (`still.rs`).
    Keep(Look),
    /// The colours of a picture that was kept; and how far all lies away, where something is drawn over it.
    Show { deep: bool },
}

impl Task {
    /// The parts of its shaders; what is defined before both is its own.
    fn sources(self) -> [String; 2] {
        let (parts, defines): ([Vec<&str>; 2], Vec<&str>) = match self {
            Self::Colour(look) => {
                let ([vertex, fragment], name) = look.sources();
                ([vec![SCENE, PIECE, vertex], vec![PRECISE, fragment]], vec![name])
            }
            Self::Keep(look) => {
                let ([vertex, fragment], name) = look.sources();
                ([vec![SCENE, PIECE, vertex], vec![PRECISE, PACKED, fragment]], vec![name, "STORED"])
            }
            Self::Show { deep } => {
                ([vec![STILL[0]], vec![SCENE, PACKED, STILL[1]]], if deep { vec!["DEEP"] } else { Vec::new() })
            }
        };
        let defines: String = defines.into_iter().flat_map(|name| ["#define ", name, "\n"]).collect();
        parts.map(|parts| format!("#version 300 es\n{defines}{}", parts.concat()))
    }
}

/// A program.
pub struct Program {
    task: Task,
    linked: Option<WebGlProgram>,
    shaders: [Option<WebGlShader>; 2],
    /// Where it is told where a piece lies; once it is ready, for asking waits until then.
    frame: OnceCell<Option<WebGlUniformLocation>>,
}

impl Program {
    /// Gives it to the graphics card, which makes it ready while the rest of the page goes on.
    pub fn new(gl: &Gl, task: Task) -> Self {
        let shader = |kind, source: &str| {
            let shader = gl.create_shader(kind)?;
            gl.shader_source(&shader, source);
            gl.compile_shader(&shader);
            Some(shader)
        };
        let [vertex, fragment] = task.sources();
        let shaders = [shader(Gl::VERTEX_SHADER, &vertex), shader(Gl::FRAGMENT_SHADER, &fragment)];
        let program = gl.create_program();
        if let Some(program) = &program {
            for shader in shaders.iter().flatten() {
                gl.attach_shader(program, shader);
            }
            gl.link_program(program);
        }
        Self { task, linked: program, shaders, frame: OnceCell::new() }
    }

    /// Whether it is ready; then what was wrong with it is said on the console, once. Where the browser cannot tell, this waits.
    pub fn is_ready(&self, gl: &Gl) -> bool {
        const COMPLETION_STATUS: u32 = 0x91B1;
        if self.frame.get().is_some() {
            return true;
        }
        let is_made = |program| gl.get_program_parameter(program, COMPLETION_STATUS).as_bool();
        let tells = gl.get_extension("KHR_parallel_shader_compile").is_ok_and(|found| found.is_some());
        let waits = tells && !gl.is_context_lost() && self.linked.as_ref().and_then(is_made) == Some(false);
        !waits && self.frame.set(self.begin(gl)).is_ok()
    }

    /// Draws with it from now on.
    pub fn take(&self, gl: &Gl) {
        gl.use_program(self.linked.as_ref());
        // From nearby a ray may slip in between two houses of unequal height: let it meet the inside of a wall, not the lawn.
        switch(gl, Gl::CULL_FACE, !matches!(self.task, Task::Colour(Look::Near) | Task::Show { .. }));
        switch(gl, Gl::BLEND, self.task == Task::Colour(Look::Tint));
        gl.depth_mask(self.task != Task::Colour(Look::Tint));
    }

    fn begin(&self, gl: &Gl) -> Option<WebGlUniformLocation> {
        let program = self.linked.as_ref()?;
        gl.use_program(Some(program));
        if !gl.get_program_parameter(program, Gl::LINK_STATUS).as_bool().unwrap_or_default() && !gl.is_context_lost() {
            let shaders = self.shaders.iter().flatten().filter_map(|shader| gl.get_shader_info_log(shader));
            let said: Vec<String> = shaders.chain(gl.get_program_info_log(program)).collect();
            web_sys::console::error_1(&format!("assets/shaders, {:?}: {}", self.task, said.join("\n")).into());
        }
        for (name, block) in BLOCKS {
            let index = gl.get_uniform_block_index(program, name);
            if index != Gl::INVALID_INDEX {
                gl.uniform_block_binding(program, index, block);
            }
        }
        for (name, unit) in TEXTURES {
            gl.uniform1i(gl.get_uniform_location(program, name).as_ref(), unit);
        }
        gl.get_uniform_location(program, "frame")
    }

    /// Says where the piece that is drawn next lies.
    pub fn lay(&self, gl: &Gl, [x, y, z, unit]: [f32; 4]) {
        gl.uniform4f(self.frame.get().and_then(Option::as_ref), x, y, z, unit);
    }
}

fn switch(gl: &Gl, what: u32, on: bool) {
    if on {
        gl.enable(what);
    } else {
        gl.disable(what);
    }
}
