// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/LogEvent.h"
#include "event/Parsing.h"
#include "event/Text.h"

#include <QCryptographicHash>
#include <QObject>
#include <algorithm>
#include <charconv>
#include <cmath>

namespace octotrail::event {

namespace {

namespace ondemand = simdjson::ondemand;

/// More entries than any event has; what exceeds them stays in the bytes, so that a hostile event costs no more.
constexpr std::size_t maxDebugData = 512;
constexpr std::size_t maxTargets = 4096;

/// The fields' paths as a tree of member names.
struct PathNode
{
    enum class Special { None, Targets, DebugData };

    std::string name;
    std::optional<FieldId> field;
    Special special = Special::None;
    std::vector<PathNode> children;

    PathNode &child(std::string_view childName)
    {
        for (PathNode &node : children) {
            if (node.name == childName) {
                return node;
            }
        }
        children.push_back({std::string(childName), std::nullopt, Special::None, {}});
        return children.back();
    }

    const PathNode *find(std::string_view childName) const
    {
        for (const PathNode &node : children) {
            if (node.name.size() == childName.size() && node.name.front() == childName.front()
                && node.name == childName) {
                return &node;
            }
        }
        return nullptr;
    }
};

const PathNode &pathTree()
{
    static const PathNode tree = [] {
        PathNode root;
        const auto all = fields();
        for (FieldId id = 0; id < all.size(); ++id) {
            PathNode *node = &root;
            const FieldPath path(all[id].path);
            for (const auto &segment : path.segments()) {
                node = &node->child(segment);
            }
            node->field = id;
        }
        root.child("target").special = PathNode::Special::Targets;
        root.child("debugContext").child("debugData").special = PathNode::Special::DebugData;
        return root;
    }();
    return tree;
}

bool isInteger(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

bool isNumber(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && std::isfinite(value);
}

bool isOfType(std::string_view text, FieldType type)
{
    switch (type) {
    case FieldType::Text:
        return true;
    case FieldType::Integer:
        return isInteger(text);
    case FieldType::Number:
        return isNumber(text);
    case FieldType::Boolean:
        return text == "true" || text == "false";
    case FieldType::Time:
        return parseTimestamp(text).has_value();
    }
    return false;
}

} // namespace

struct EventReader::Parser
{
    ondemand::parser json;
    std::string repaired; ///< the bytes as valid UTF-8, if they were not

    using Slice = LogEvent::Slice;

    void read(LogEvent &event);
    simdjson::error_code readFields(LogEvent &event, std::string &bytes);
    static simdjson::error_code readObject(LogEvent &event, ondemand::object &object, const PathNode &node);
    static void readMember(LogEvent &event, ondemand::value &value, const PathNode &node);
    static void readTargets(LogEvent &event, ondemand::value &value);
    static void readTarget(LogEvent &event, ondemand::value &value);
    static void readDebugData(LogEvent &event, ondemand::value &value, const PathNode &node);
    static Slice appendText(LogEvent &event, ondemand::value &value);
    static Slice append(LogEvent &event, std::string_view text);
    static void addDefect(LogEvent &event, const QString &defect);
};

EventReader::Parser::Slice EventReader::Parser::append(LogEvent &event, std::string_view text)
{
    const Slice slice{static_cast<std::uint32_t>(event.m_text.size()), static_cast<std::uint32_t>(text.size())};
    event.m_text.append(text);
    return slice;
}

EventReader::Parser::Slice EventReader::Parser::appendText(LogEvent &event, ondemand::value &value)
{
    const auto offset = event.m_text.size();
    if (!parsing::appendText(value, event.m_text)) {
        return {};
    }
    return {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(event.m_text.size() - offset)};
}

void EventReader::Parser::addDefect(LogEvent &event, const QString &defect)
{
    if (!event.m_defects.isEmpty()) {
        event.m_defects += QStringLiteral("; ");
    }
    event.m_defects += defect;
}

void EventReader::Parser::readTarget(LogEvent &event, ondemand::value &value)
{
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        return;
    }
    std::array<Slice, 4> slices;
    for (auto member : object) {
        std::string_view key;
        ondemand::value item;
        if (member.unescaped_key().get(key) != simdjson::SUCCESS) {
            break;
        }
        const auto name = std::ranges::find(targetMembers, key);
        if (name == targetMembers.end()) {
            continue;
        }
        if (member.value().get(item) != simdjson::SUCCESS) {
            break;
        }
        slices[static_cast<std::size_t>(name - targetMembers.begin())] = appendText(event, item);
    }
    event.m_targets.push_back(slices);
}

void EventReader::Parser::readTargets(LogEvent &event, ondemand::value &value)
{
    event.m_targets.clear();
    ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) {
        return;
    }
    if (type == ondemand::json_type::object) {
        readTarget(event, value);
        return;
    }
    ondemand::array array;
    if (type != ondemand::json_type::array || value.get_array().get(array) != simdjson::SUCCESS) {
        return;
    }
    for (auto element : array) {
        ondemand::value item;
        if (event.m_targets.size() == maxTargets || element.get(item) != simdjson::SUCCESS) {
            return;
        }
        readTarget(event, item);
    }
}

void EventReader::Parser::readDebugData(LogEvent &event, ondemand::value &value, const PathNode &node)
{
    event.m_debugData.clear();
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        return;
    }
    for (auto member : object) {
        std::string_view key;
        ondemand::value item;
        if (member.unescaped_key().get(key) != simdjson::SUCCESS) {
            return;
        }
        const PathNode *field = node.find(key);
        const auto known = std::ranges::find_if(
            event.m_debugData, [&](const auto &entry) { return *event.view(entry.first) == key; });
        if (!field && known == event.m_debugData.end() && event.m_debugData.size() == maxDebugData) {
            continue;
        }
        const Slice name = field ? Slice{} : append(event, key);
        if (member.value().get(item) != simdjson::SUCCESS) {
            return;
        }
        if (field) {
            readMember(event, item, *field);
            continue;
        }
        const Slice text = appendText(event, item);
        if (known != event.m_debugData.end()) {
            event.m_debugData.erase(known);
        }
        if (text.length != Slice::absent) {
            event.m_debugData.emplace_back(name, text);
        }
    }
}

void EventReader::Parser::readMember(LogEvent &event, ondemand::value &value, const PathNode &node)
{
    switch (node.special) {
    case PathNode::Special::Targets:
        readTargets(event, value);
        return;
    case PathNode::Special::DebugData:
        readDebugData(event, value, node);
        return;
    case PathNode::Special::None:
        break;
    }
    if (node.field) {
        const Slice slice = appendText(event, value);
        const auto text = event.view(slice);
        const bool fits = text && isOfType(*text, fields()[*node.field].type);
        event.m_fields[*node.field] = fits ? slice : Slice{};
        if (*node.field == field::Published) {
            event.m_published = fits ? parseTimestamp(*text) : std::nullopt;
        }
        return;
    }
    ondemand::object object;
    if (value.get_object().get(object) == simdjson::SUCCESS) {
        readObject(event, object, node);
    }
}

simdjson::error_code EventReader::Parser::readObject(LogEvent &event, ondemand::object &object, const PathNode &node)
{
    for (auto member : object) {
        std::string_view key;
        if (const auto error = member.unescaped_key().get(key)) {
            return error;
        }
        const PathNode *child = node.find(key);
        if (!child) {
            continue;
        }
        ondemand::value value;
        if (const auto error = member.value().get(value)) {
            return error;
        }
        readMember(event, value, *child);
    }
    return simdjson::SUCCESS;
}

simdjson::error_code EventReader::Parser::readFields(LogEvent &event, std::string &bytes)
{
    bytes.reserve(bytes.size() + simdjson::SIMDJSON_PADDING);
    ondemand::document document;
    if (const auto error
        = json.iterate(simdjson::padded_string_view(bytes.data(), bytes.size(), bytes.capacity())).get(document)) {
        return error;
    }
    ondemand::object object;
    if (const auto error = document.get_object().get(object)) {
        return error;
    }
    if (const auto error = readObject(event, object, pathTree())) {
        return error;
    }
    const char *rest = nullptr;
    const bool atEnd = document.current_location().get(rest) == simdjson::OUT_OF_BOUNDS;
    return atEnd ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
}

void EventReader::Parser::read(LogEvent &event)
{
    event.m_fields.assign(fields().size(), {});
    event.m_text.reserve(event.m_bytes.size() / 2);
    auto error = readFields(event, event.m_bytes);
    if (error == simdjson::UTF8_ERROR) {
        addDefect(event, QObject::tr("not valid UTF-8"));
        repaired = toValidUtf8(event.m_bytes);
        error = readFields(event, repaired);
        repaired = {};
    }
    if (error) {
        QString why = QString::fromUtf8(simdjson::error_message(error));
        if (why.endsWith(u'.')) {
            why.chop(1); // defects are parts of a sentence
        }
        addDefect(event, QObject::tr("not a valid JSON object: %1").arg(why));
    }
    if (!event.text(field::Uuid) || event.text(field::Uuid)->empty()) {
        if (!error) {
            addDefect(event, QObject::tr("no uuid"));
        }
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(QByteArrayView(event.m_bytes.data(), static_cast<qsizetype>(event.m_bytes.size())));
        event.m_fields[field::Uuid] = append(event, "sha256:" + hash.result().toHex().toStdString());
    }
    if (!event.m_published && !error) {
        addDefect(event, QObject::tr("no valid time of publishing"));
    }
}

EventReader::EventReader()
    : m_parser(std::make_unique<Parser>())
{ }

EventReader::~EventReader() = default;

LogEvent EventReader::read(std::string bytes)
{
    LogEvent event;
    const auto content = parsing::trimmed(bytes);
    if (content.size() == bytes.size()) {
        event.m_bytes = std::move(bytes);
    } else {
        event.m_bytes = content;
    }
    m_parser->read(event);
    return event;
}

} // namespace octotrail::event
