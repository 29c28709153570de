#include "sim/scenario/chapters/chapters.hpp"

#include <initializer_list>

#include "models/ecosystem/indicators.hpp"
#include "models/performance/serving_group.hpp"
#include "models/performance/throughput.hpp"
#include "sim/scenario/reading/names.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(Transformer::Attention::Mla) == pb::Transformer::MLA - 1);

constexpr Unit kCount = whole(1.0, 1e7, "a piece");
constexpr Unit kCountOrNone = whole(0.0, 1e7, "a piece");
constexpr Unit kLayers = whole(1.0, 1e4, "a layer");

void read_dimensions(const Cursor& at, Transformer& out) {
  const auto count = [&](const std::string& field) {
    return read_number(at, field, kCount).value_or(0.0);
  };
  const auto count_or_none = [&](const std::string& field) {
    return read_number(at, field, kCountOrNone, 0.0).value_or(0.0);
  };
  out.layers = read_number(at, "layers", kLayers).value_or(0.0);
  out.hidden = count("hidden");
  out.heads = count("heads");
  out.kv_heads = count("kv_heads");
  out.head_dim = count_or_none("head_dim");
  out.ffn = count_or_none("ffn");
  out.vocabulary = count("vocabulary");
  out.experts = count_or_none("experts");
  out.experts_per_token = count_or_none("experts_per_token");
  out.expert_ffn = count_or_none("expert_ffn");
  out.shared_experts = count_or_none("shared_experts");
  out.first_dense_layers = count_or_none("first_dense_layers");
  out.q_lora_rank = count_or_none("q_lora_rank");
  out.kv_lora_rank = count_or_none("kv_lora_rank");
  out.qk_nope_head_dim = count_or_none("qk_nope_head_dim");
  out.qk_rope_head_dim = count_or_none("qk_rope_head_dim");
  out.v_head_dim = count_or_none("v_head_dim");
  out.sliding_window = count_or_none("sliding_window");
  out.window_layers = count_or_none("window_layers");
  out.sparse_topk = count_or_none("sparse_topk");
  out.linear_layers = count_or_none("linear_layers");
  out.linear_state_bytes = count_or_none("linear_state_bytes");
  out.output_groups = count_or_none("output_groups");
  out.output_rank = count_or_none("output_rank");
  out.mtp_layers = count_or_none("mtp_layers");
  out.context = count_or_none("max_position");
  out.index_head_dim = count_or_none("index_head_dim");
}

void read_compressed(const Cursor& model_at, Transformer& model) {
  read_named(model_at, "compressed_layers", "compressed layers", [&](const Cursor& at) {
    CompressedLayers out;
    out.layers = read_number(at, "layers", kLayers).value_or(0.0);
    out.tokens_per_row = read_number(at, "tokens_per_row", kCount).value_or(1.0);
    out.tokens_seen =
        read_number(at, "tokens_seen", kCount, out.tokens_per_row).value_or(out.tokens_per_row);
    out.is_indexed = as<pb::CompressedLayers>(at).indexed();
    if (out.tokens_seen < out.tokens_per_row) {
      at.error("tokens_seen",
               concat("tokens_seen is ", out.tokens_seen, ", fewer than the ", out.tokens_per_row,
                      " that a row stands for"),
               "leave it out where rows do not overlap");
    }
    if (out.is_indexed && model.index_head_dim <= 0.0) {
      at.error("indexed", "indexed is true, but the model has no index_head_dim",
               "give sparse_topk and index_head_dim");
    }
    model.compressed.push_back(out);
  });
}

// A figure of something that the model lacks is refused: it would count nowhere.
struct Detail {
  const char* field;
  double value;
};

void refuse_without(const Cursor& at, const std::string& what, std::initializer_list<Detail> all) {
  for (const auto& [field, value] : all) {
    if (value <= 0.0) continue;
    at.error(field, concat(field, " is ", value, ", though ", what),
             concat("leave out ", field, ", or give what it belongs to"));
  }
}

void check_attention(const Cursor& at, const Transformer& model) {
  if (model.output_groups <= 0.0) {
    refuse_without(at, "there are no output_groups", {{"output_rank", model.output_rank}});
  }
  if (model.attention == Transformer::Attention::Mla) {
    const auto require = [&](double value, const std::string& field) {
      if (value > 0.0) return;
      at.error(field, concat("attention is MLA, but ", field, " is missing"),
               "latent attention is given by kv_lora_rank, qk_nope_head_dim, qk_rope_head_dim and "
               "v_head_dim");
    };
    require(model.kv_lora_rank, "kv_lora_rank");
    require(model.qk_nope_head_dim, "qk_nope_head_dim");
    require(model.qk_rope_head_dim, "qk_rope_head_dim");
    require(model.v_head_dim, "v_head_dim");
    if (model.output_groups > 0.0 && model.output_rank <= 0.0) {
      at.error("output_rank",
               concat("output_rank is missing, though output_groups is ", model.output_groups),
               "give the values that each group of heads is projected to");
    }
    return;
  }
  refuse_without(at, "attention is not MLA",
                 {{"q_lora_rank", model.q_lora_rank},
                  {"kv_lora_rank", model.kv_lora_rank},
                  {"qk_nope_head_dim", model.qk_nope_head_dim},
                  {"qk_rope_head_dim", model.qk_rope_head_dim},
                  {"v_head_dim", model.v_head_dim},
                  {"output_groups", model.output_groups}});
  if (model.head_dim <= 0.0) at.error("head_dim", "head_dim is missing", "");
  if (model.kv_heads > model.heads) {
    at.error("kv_heads", concat("kv_heads is ", model.kv_heads, ", more than heads ", model.heads),
             "heads share their keys and values; there are never more of those");
  }
}

// Which layers see how much of the context.
void check_contexts(const Cursor& at, const Transformer& model) {
  if (model.window_layers > 0.0 && model.sliding_window <= 0.0) {
    at.error("sliding_window",
             concat("sliding_window is missing, though window_layers is ", model.window_layers),
             "give the tokens that a windowed layer attends to");
  }
  if (model.sliding_window > 0.0 && model.window_layers <= 0.0 && model.compressed.empty()) {
    at.error("window_layers",
             concat("window_layers is missing, though sliding_window is ", model.sliding_window),
             "give the number of layers that attend to no more than the window");
  }
  if (model.linear_layers <= 0.0) {
    refuse_without(at, "there are no linear_layers",
                   {{"linear_state_bytes", model.linear_state_bytes}});
  }
  if (model.index_head_dim > 0.0 && model.sparse_topk <= 0.0) {
    at.error("sparse_topk",
             concat("sparse_topk is missing, though index_head_dim is ", model.index_head_dim),
             "give the tokens that the indexer chooses");
  }
  // A wrong number of layers has been reported.
  if (model.layers <= 0.0) return;
  if (model.linear_layers > model.layers) {
    at.error("linear_layers",
             concat("linear_layers is ", model.linear_layers, " of ", model.layers, " layers"), "");
  } else if (model.window_layers + model.linear_layers > model.layers) {
    at.error("window_layers",
             concat("window_layers is ", model.window_layers, " of ",
                    model.layers - model.linear_layers, " layers with a cache"),
             "layers counts all; linear_layers have no cache and no window");
  } else if (whole_layers(model) < 0.0) {
    at.error("compressed_layers",
             concat("compressed_layers are ",
                    model.layers - model.linear_layers - model.window_layers - whole_layers(model),
                    " of ", model.layers - model.linear_layers - model.window_layers,
                    " layers without a window"),
             "layers counts all; each is of one kind");
  }
}

void check_experts(const Cursor& at, const Transformer& model) {
  if (model.experts <= 0.0) {
    refuse_without(at, "there are no experts",
                   {{"experts_per_token", model.experts_per_token},
                    {"expert_ffn", model.expert_ffn},
                    {"shared_experts", model.shared_experts},
                    {"first_dense_layers", model.first_dense_layers}});
    if (model.ffn > 0.0) return;
    at.error("ffn", "neither ffn nor experts are given",
             "a layer has a dense feed-forward block, experts or both");
    return;
  }
  if (model.experts_per_token < 1.0 || model.experts_per_token > model.experts) {
    at.error(
        "experts_per_token",
        concat("experts_per_token is ", model.experts_per_token, " of ", model.experts, " experts"),
        "give the number of routed experts that one token visits");
  }
  if (model.expert_ffn <= 0.0) {
    at.error("expert_ffn",
             concat("expert_ffn is missing, though there are ", model.experts, " experts"),
             "give the width of one expert's feed-forward block");
  }
  if (model.first_dense_layers > model.layers && model.layers > 0.0) {
    at.error(
        "first_dense_layers",
        concat("first_dense_layers is ", model.first_dense_layers, " of ", model.layers, " layers"),
        "");
  }
}

void read_transformer(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Transformer>(at);
  Transformer out;
  out.name = in.name();
  read_dimensions(at, out);
  read_compressed(at, out);
  out.tied_embeddings = in.tied_embeddings();
  out.gated_mlp = in.gated_mlp();
  out.attention_sinks = in.attention_sinks();
  if (in.expert_format() == pb::Transformer::MXFP4) {
    out.expert_format = Transformer::ExpertFormat::Mxfp4;
    if (out.experts <= 0.0) {
      at.error("expert_format", "expert_format is given, but no experts",
               "leave it out of a model without experts");
    }
  }
  const auto attention = read_enum<Transformer::Attention>(at, "attention");
  out.attention = attention.value_or(Transformer::Attention::Gqa);
  out.parameters = read_required<double>(reading, at, "parameters_bn", kBillionParameters);
  out.active_parameters =
      read_required<double>(reading, at, "active_parameters_bn", kBillionParameters);
  if (out.parameters.input && out.active_parameters.value > out.parameters.value) {
    at.error("active_parameters_bn",
             concat("active_parameters_bn is ", out.active_parameters.value / 1e9,
                    ", more than parameters_bn ", out.parameters.value / 1e9),
             "a token cannot touch more parameters than there are");
  }
  if (attention) check_attention(at, out);
  check_contexts(at, out);
  check_experts(at, out);
  check_provenance(reading, at, in.source());
  reading.world.transformers.push_back(std::move(out));
}

void check_unit_device(const Reading& reading, const Cursor& at, DeviceId id) {
  const auto& device = reading.scenario.devices(static_cast<int>(id.value));
  // A figure that is written and wrong has been reported where it stands.
  if (device.has_peak_bf16_tflops() && device.has_memory_gib() &&
      device.has_memory_bandwidth_gb_s()) {
    return;
  }
  at.error("device",
           concat("reference device ", in_quotes(device.name()),
                  " lacks peak_bf16_tflops, memory_gib or memory_bandwidth_gb_s"),
           "the device that others are counted in must be known");
}

// The stack of the reference device; nothing where there is no reference, or a wrong one.
std::optional<StackId> reference_stack(const Reading& reading) {
  const std::size_t device = reading.world.reference.device.value;
  const bool is_known = reading.scenario.has_reference() && device < reading.stack_of_device.size();
  return is_known ? reading.stack_of_device[device] : std::nullopt;
}

void check_reference_serves(const Reading& reading) {
  const World& world = reading.world;
  const std::size_t d = world.reference.device.value, t = world.reference.transformer.value;
  const bool is_known = reading.scenario.has_reference() && d < world.devices.size() &&
                        t < world.transformers.size() && world.devices[d].memory;
  if (!is_known) return;
  const DeviceSpec& device = world.devices[d];
  const Transformer& model = world.transformers[t];
  const bool has_layouts = !serving_layouts(model, device).empty();  // Else reported before.
  if (!has_layouts ||
      devices_to_hold(model, world.reference.request, device, world.serving[d].coefficients)) {
    return;
  }
  reading.root.child("reference")
      .error("device",
             concat("no group of ", in_quotes(device.name), " holds model ", in_quotes(model.name),
                    " and one request"),
             "take a device with more memory, a smaller model or shorter requests");
}

// Devices that are held, ordered or on sale: what others of the catalogue do is asked by nobody.
std::vector<bool> devices_in_use(const World& world) {
  std::vector<bool> in_use(world.devices.size(), false);
  for (const Pool& pool : world.pools) in_use[pool.device.value] = true;
  for (const Order& order : world.orders) in_use[order.device.value] = true;
  for (const Offer& offer : world.offers) in_use[offer.device.value] = true;
  return in_use;
}

}  // namespace

void read_transformers(Reading& reading) {
  for (const Cursor& at : reading.root.children("transformers")) read_transformer(reading, at);
}

void read_reference(Reading& reading) {
  if (!reading.scenario.has_reference()) {
    if (reading.scenario.sites_size() == 0) return;
    reading.root.error("reference", "reference is missing",
                       "say what compute is counted in: a device, a transformer and a request");
    return;
  }
  const Cursor at = reading.root.child("reference");
  const auto& in = reading.scenario.reference();
  Reference& out = reading.world.reference;
  const auto device = reading.devices.resolve(at, "device", in.device());
  if (device) check_unit_device(reading, at, *device);
  out.device = device.value_or(DeviceId{});
  out.transformer =
      reading.transformers.resolve(at, "transformer", in.transformer()).value_or(TransformerId{});
  out.request.prompt = Tokens{read_number(at, "prompt_tokens", kTokens).value_or(1.0)};
  out.request.output = Tokens{read_number(at, "output_tokens", kTokens).value_or(1.0)};
  out.request.tpot_target = read_required<Seconds>(reading, at, "tpot_target_ms", kMilliseconds);
  out.training_sequence_tokens = read_number(at, "training_sequence_tokens", kTokens).value_or(1.0);
}

void read_serving(Reading& reading) {
  const World& world = reading.world;
  const auto known_by = reference_stack(reading);
  std::vector<ServingAttained> made(world.devices.size());
  for (std::size_t d = 0; d < world.devices.size(); ++d) {
    const auto stack = reading.stack_of_device[d];
    if (!stack) continue;
    const Attained& own = world.attained[d];
    const auto on = [&](std::optional<StackId> other) {
      const DeviceId device{static_cast<std::uint32_t>(d)};
      return other ? attained_on(world.stacks[other->value], device, world.devices, reading.priors)
                   : own;
    };
    const ServingEngine engine = engine_for(world.serving_engines, *stack);
    const Attained reference = on(known_by);
    const Attained towards = engine.towards ? on(engine.towards) : reference;
    made[d] = serving_attained(engine, {own, reference, towards});
  }
  reading.world.serving = std::move(made);
  check_reference_serves(reading);
}

std::vector<DeviceWorth> worth_of_devices(const Reading& reading) {
  const World& world = reading.world;
  std::vector<DeviceWorth> worths(world.devices.size());
  if (!reading.scenario.has_reference()) {
    for (std::size_t d = 0; d < worths.size(); ++d) worths[d].tpp = tpp(world.devices[d].peaks);
    return worths;
  }
  const auto on_stack = [&](std::size_t d) {
    return DeviceOnStack{world.devices[d], world.attained[d], world.serving[d]};
  };
  const Transformer& model = world.transformers[world.reference.transformer.value];
  const Yardstick yardstick(model, world.reference, on_stack(world.reference.device.value));
  const std::vector<bool> in_use = devices_in_use(world);
  for (std::size_t d = 0; d < worths.size(); ++d) {
    worths[d] =
        in_use[d] ? yardstick.worth(on_stack(d)) : yardstick.worth_by_peak(world.devices[d]);
  }
  return worths;
}

}  // namespace chokepoint
