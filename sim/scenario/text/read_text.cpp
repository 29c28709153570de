#include "sim/scenario/text/read_text.hpp"

#include "chokepoint/v1/sourced.pb.h"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/read_scalar.hpp"
#include "sim/scenario/text/tokens.hpp"

namespace chokepoint {

namespace {

using google::protobuf::io::Tokenizer;

constexpr std::size_t kUsualFields = 4;  // Of a block; a figure has so many.

/// The bracket that a message stands in.
struct Block {
  std::string name;  ///< Of its field; empty: the whole file.
  SourceLocation opened;
  char closer = '\0';
  int depth = 0;
};

class TextReader {
public:
  TextReader(TextTokens& tokens, std::size_t values_before)
      : tokens_(tokens), values_(values_before) {}

  void read_fields(Located into, const Block& block);
  /// With those before.
  std::size_t values() const { return values_; }

private:
  void read_field(Located into, const Block& block);
  void read_value(Located into, const FieldDescriptor& field, const SourceLocation& at, int depth);
  void read_list(Located into, const FieldDescriptor& field, const SourceLocation& at, int depth);
  void read_block(Located into, const FieldDescriptor& field, const SourceLocation& at, int depth);
  const FieldDescriptor* known_field(const Message& message, const std::string& name,
                                     const SourceLocation& at);
  bool is_first(Places& places, const FieldDescriptor& field, const SourceLocation& at);
  bool has_room(const Message& message, const FieldDescriptor& field, const SourceLocation& at);
  bool has_room_in_all(const SourceLocation& at);
  void report_no_block(const FieldDescriptor& field);

  void skip_value();
  void skip_to_end_of_list();
  void skip_to_next_field();

  TextTokens& tokens_;
  std::size_t values_;
  const FieldDescriptor* full_ = nullptr;  ///< The list that was last reported as full.
};

void TextReader::read_fields(Located into, const Block& block) {
  while (true) {
    if (tokens_.at_end()) {
      if (block.closer == '\0') return;
      return tokens_.error(block.opened, concat(in_quotes(block.name), " is never closed"),
                           concat("a '", std::string(1, block.closer), "' is missing"));
    }
    if (block.closer != '\0' && tokens_.accept(block.closer)) return;
    if (tokens_.type() == Tokenizer::TYPE_IDENTIFIER) {
      read_field(into, block);
      continue;
    }
    const auto where = tokens_.here();
    if (tokens_.closes()) {
      tokens_.error(where, concat(in_quotes(tokens_.text()), " closes nothing"));
      tokens_.next();
    } else {
      tokens_.error(where, concat("a field's name was expected, not ", in_quotes(tokens_.text())));
      skip_to_next_field();
    }
  }
}

void TextReader::read_field(Located into, const Block& block) {
  const std::string name = tokens_.text();
  const auto at = tokens_.here();
  const FieldDescriptor* named = known_field(into.message, name, at);
  tokens_.next();
  if (named == nullptr) return skip_value();
  const FieldDescriptor& field = *named;
  if (!is_first(into.places, field, at) || !has_room(into.message, field, at)) return skip_value();

  const bool colon = tokens_.accept(':');
  if (!colon && field.message_type() == nullptr) {
    const bool nothing = tokens_.begins_line() || tokens_.at_end() || tokens_.closes();
    tokens_.error(nothing ? at : tokens_.here(), concat("':' is missing behind ", name),
                  concat(name, " takes ", expected_value(field)));
    if (nothing) return;
    return skip_value();
  }
  if (tokens_.is_symbol('[') && field.is_repeated()) {
    read_list(into, field, at, block.depth);
  } else {
    read_value(into, field, at, block.depth);
  }
  if (!tokens_.accept(',')) tokens_.accept(';');
}

const FieldDescriptor* TextReader::known_field(const Message& message, const std::string& name,
                                               const SourceLocation& at) {
  const Descriptor& type = *message.GetDescriptor();
  const FieldDescriptor* field = field_named(type, name);
  if (field == nullptr) {
    tokens_.error(at, concat(kind_of(type), " has no field ", in_quotes(name)),
                  help_for_unknown_field(type, name));
  }
  return field;
}

bool TextReader::is_first(Places& places, const FieldDescriptor& field, const SourceLocation& at) {
  if (field.is_repeated()) return true;
  const Places* first = find_place(places, field);
  if (first == nullptr) return true;
  tokens_.error(at, concat(field.name(), " is written twice"),
                concat("it was first in line ", std::to_string(first->where.line)));
  return false;
}

bool TextReader::has_room(const Message& message, const FieldDescriptor& field,
                          const SourceLocation& at) {
  if (!field.is_repeated()) return true;
  if (message.GetReflection()->FieldSize(message, &field) < kMostInList) return true;
  if (full_ != &field) {
    tokens_.error(at, concat(field.name(), " has more than ", kMostInList, " elements"));
  }
  full_ = &field;
  return false;
}

// Lists in lists multiply: what each may hold bounds none of them together.
bool TextReader::has_room_in_all(const SourceLocation& at) {
  if (values_ < kMostValues) {
    ++values_;
    return true;
  }
  tokens_.error(at, concat("more than ", std::to_string(kMostValues), " values in all"),
                "every figure, text and block counts, in all files together: leave out what the "
                "question does not need");
  tokens_.stop();
  return false;
}

void TextReader::read_list(Located into, const FieldDescriptor& field, const SourceLocation& at,
                           int depth) {
  const auto opened = tokens_.here();
  tokens_.next();
  if (tokens_.accept(']')) {
    into.places.inside.push_back({at, &field, true, {}});
    return;
  }
  while (true) {
    const auto element_at = tokens_.here();
    if (!has_room(into.message, field, element_at)) return skip_to_end_of_list();
    read_value(into, field, element_at, depth);
    if (tokens_.accept(']')) return;
    if (tokens_.accept(',')) continue;
    const bool never_closed = tokens_.at_end() || tokens_.closes() || tokens_.begins_line();
    tokens_.error(never_closed ? opened : tokens_.here(),
                  concat("the list ", in_quotes(field.name()),
                         never_closed ? " is never closed" : " has no ',' here"),
                  never_closed ? "a ']' is missing" : "");
    if (never_closed) return;
    skip_to_next_field();
    tokens_.accept(']');
    return;
  }
}

void TextReader::read_value(Located into, const FieldDescriptor& field, const SourceLocation& at,
                            int depth) {
  if (!has_room_in_all(at)) return;
  if (field.message_type() != nullptr) return read_block(into, field, at, depth);
  if (read_scalar(tokens_, into.message, field, at))
    into.places.inside.push_back({at, &field, false, {}});
}

void TextReader::read_block(Located into, const FieldDescriptor& field, const SourceLocation& at,
                            int depth) {
  if (!tokens_.is_symbol('{') && !tokens_.is_symbol('<')) {
    report_no_block(field);
    return skip_value();
  }
  if (depth >= kMostBlocks) {
    tokens_.error(at, concat("more than ", std::to_string(kMostBlocks), " blocks in each other"));
    return tokens_.skip_block();
  }
  const Block block{field.name(), at, tokens_.is_symbol('{') ? '}' : '>', depth + 1};
  tokens_.next();
  const auto* reflection = into.message.GetReflection();
  Message* inner = field.is_repeated() ? reflection->AddMessage(&into.message, &field)
                                       : reflection->MutableMessage(&into.message, &field);
  Places inner_places{at, &field, false, {}};
  inner_places.inside.reserve(kUsualFields);
  read_fields({*inner, inner_places}, block);
  into.places.inside.push_back(std::move(inner_places));
}

void TextReader::report_no_block(const FieldDescriptor& field) {
  const std::string& name = field.name();
  const bool figure = field.message_type() == v1::Sourced::descriptor();
  const bool fact = field.message_type() == v1::SourcedText::descriptor();
  const std::string inside = figure ? "value: " : fact ? "text: " : "";
  const std::string help = inside.empty() ? concat("write ", name, " { ... }")
                                          : concat("write ", name, " { ", inside,
                                                   "... source: \"...\" confidence: ... }");
  const std::string found = tokens_.at_end() ? "the end" : in_quotes(tokens_.text());
  tokens_.error(tokens_.here(), concat(name, " takes a block in braces, not ", found), help);
}

// Passes what stands behind a field's name, whatever it is.
void TextReader::skip_value() {
  tokens_.accept(':');
  if (tokens_.opens()) return tokens_.skip_block();
  if (tokens_.closes() || tokens_.at_end()) return;
  if (tokens_.begins_line() && tokens_.type() == Tokenizer::TYPE_IDENTIFIER) return;
  if (tokens_.is_symbol('-')) tokens_.next();
  const bool text = tokens_.type() == Tokenizer::TYPE_STRING;
  if (!tokens_.closes()) tokens_.next();
  while (text && tokens_.type() == Tokenizer::TYPE_STRING) tokens_.next();
  if (!tokens_.accept(',')) tokens_.accept(';');
}

void TextReader::skip_to_end_of_list() {
  while (!tokens_.accept(']') && !tokens_.at_end()) {
    if (tokens_.opens()) {
      tokens_.skip_block();
    } else {
      tokens_.next();
    }
  }
}

// Passes everything up to a name at the head of a line, or the end of this block.
void TextReader::skip_to_next_field() {
  do {
    if (tokens_.opens()) {
      tokens_.skip_block();
    } else {
      tokens_.next();
    }
    if (tokens_.begins_line() && tokens_.type() == Tokenizer::TYPE_IDENTIFIER) return;
  } while (!tokens_.closes() && !tokens_.at_end());
}

}  // namespace

std::size_t read_text(const std::string& text, const std::string& file, Message& message,
                      Places& places, Diagnostics& found, const TextBefore& before) {
  TextTokens tokens(text, file, found);
  TextReader reader(tokens, before.values);
  reader.read_fields({message, places}, {"", {}, '\0', before.blocks});
  return reader.values() - before.values;
}

}  // namespace chokepoint
