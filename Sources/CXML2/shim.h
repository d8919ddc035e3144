#include <libxml/xmlversion.h>
// Debian's libxml2 uses the system's ICU, whose types clash with those that Foundation brings; nothing here needs them.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxml/xmlIO.h>

// Ends the parse at a document type declaration; the address of the context's private field tells the caller.
static inline void glasseye_xml_refuse_doctype(
    void *_Nonnull context, const xmlChar *_Nullable name, const xmlChar *_Nullable external_id,
    const xmlChar *_Nullable system_id) {
    xmlParserCtxtPtr parser = (xmlParserCtxtPtr)context;
    (void)name;
    (void)external_id;
    (void)system_id;
    parser->_private = parser;
    xmlStopParser(parser);
}

static inline void glasseye_xml_refuse_doctypes(xmlParserCtxtPtr _Nonnull parser) {
    parser->sax->internalSubset = glasseye_xml_refuse_doctype;
}

// libxml2 changed the constness of structured error functions between versions; these shims hold for all.
typedef void (*glasseye_xml_error_function)(void *_Nullable context, const xmlError *_Nullable error);

static inline void glasseye_xml_set_xpath_errors(
    xmlXPathContextPtr _Nonnull xpath, glasseye_xml_error_function _Nonnull function) {
    xpath->error = (xmlStructuredErrorFunc)function;
}

static inline void glasseye_xml_set_schema_parser_errors(
    xmlSchemaParserCtxtPtr _Nonnull parser, glasseye_xml_error_function _Nonnull function, void *_Nullable context) {
    xmlSchemaSetParserStructuredErrors(parser, (xmlStructuredErrorFunc)function, context);
}

static inline void glasseye_xml_set_schema_validation_errors(
    xmlSchemaValidCtxtPtr _Nonnull validation, glasseye_xml_error_function _Nonnull function,
    void *_Nullable context) {
    xmlSchemaSetValidStructuredErrors(validation, (xmlStructuredErrorFunc)function, context);
}

// A copy of the bytes as parser input under the given name.
static inline xmlParserInputPtr _Nullable glasseye_xml_memory_input(
    xmlParserCtxtPtr _Nullable parser, const char *_Nonnull name, const void *_Nonnull bytes, int count) {
    xmlParserInputBufferPtr buffer =
        xmlParserInputBufferCreateMem((const char *)bytes, count, XML_CHAR_ENCODING_NONE);
    if (buffer == NULL) return NULL;
    xmlParserInputPtr input = xmlNewIOInputStream(parser, buffer, XML_CHAR_ENCODING_NONE);
    if (input == NULL) {
        xmlFreeParserInputBuffer(buffer);
        return NULL;
    }
    input->filename = (const char *)xmlStrdup((const xmlChar *)name);
    return input;
}

// The element as a document of its own: every prefix in scope declared on it, QNames in values included.
// The caller frees the text with glasseye_xml_free_text.
static inline xmlChar *_Nullable glasseye_xml_standalone(
    xmlDocPtr _Nonnull document, xmlNodePtr _Nonnull element, int *_Nonnull count) {
    xmlChar *text = NULL;
    *count = 0;
    xmlDocPtr copy = xmlNewDoc((const xmlChar *)"1.0");
    if (copy == NULL) return NULL;
    xmlNodePtr root = xmlDocCopyNode(element, copy, 1);
    if (root == NULL) {
        xmlFreeDoc(copy);
        return NULL;
    }
    xmlDocSetRootElement(copy, root);
    xmlNsPtr *scope = xmlGetNsList(document, element);
    if (scope != NULL) {
        for (int i = 0; scope[i] != NULL; i++) {
            int declared = 0;
            for (xmlNsPtr own = root->nsDef; own != NULL; own = own->next)
                if (xmlStrEqual(own->prefix, scope[i]->prefix)) declared = 1;
            if (!declared) xmlNewNs(root, scope[i]->href, scope[i]->prefix);
        }
        xmlFree(scope);
    }
    xmlNodePtr out = root;
    xmlBufferPtr buffer = xmlBufferCreate();
    if (buffer != NULL) {
        if (xmlNodeDump(buffer, copy, out, 0, 0) >= 0) {
            *count = (int)xmlBufferLength(buffer);
            text = xmlStrndup(xmlBufferContent(buffer), *count);
        }
        xmlBufferFree(buffer);
    }
    xmlFreeDoc(copy);
    return text;
}

// xmlFree is a variable that holds a function, which Swift's concurrency checks refuse.
static inline void glasseye_xml_free_text(void *_Nullable text) {
    if (text != NULL) xmlFree(text);
}
